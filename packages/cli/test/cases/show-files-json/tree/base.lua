admins = { "a@example.com" }
Include "more/logging.lua"
