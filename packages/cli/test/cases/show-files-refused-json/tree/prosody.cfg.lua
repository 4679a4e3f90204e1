Include "missing.lua"
