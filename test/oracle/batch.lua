-- batch.lua: many configurations through dump-config.lua or dump-modules.lua in one process, for tests that have thousands.
--
--   lua5.4 batch.lua        beside the two; questions on stdin, answers on stdout
--
-- A question is its length in bytes, a newline, and fields that each end with a NUL: the entry file, the mode of
-- Credential() ("error" or "warn") or "modules" for dump-modules.lua, and environment variables as NAME=VALUE.
-- An answer is its length, a newline, and the document; or "!" and why there is none.
--
-- Every configuration finds Lua as if it was the first: what a configuration, Prosody or dump-config.lua changed in the
-- libraries and globals is put back afterwards, and Prosody's modules are run anew (only their compilation is kept).

local questions, answers = io.stdin, io.stdout;
local get, set, type, pcall, error, tostring, tonumber = rawget, rawset, type, pcall, error, tostring, tonumber;
local next, getmetatable, setmetatable = next, debug.getmetatable, debug.setmetatable;
local sethook, collectgarbage, setlocale, getenv = debug.sethook, collectgarbage, os.setlocale, os.getenv;
local write, flush, read, output, input = answers.write, answers.flush, questions.read, io.output, io.input;
local stderr, nothing = io.stderr, assert(io.open("/dev/null"));
local dump = assert(loadfile((arg[0]:gsub("[^/]*$", "dump-config.lua"))));
local dump_modules = assert(loadfile((arg[0]:gsub("[^/]*$", "dump-modules.lua"))));

local document, left, environment;

-- a configuration must neither read our questions nor write between our answers
io.stdin, io.stdout = nothing, { write = function (self, text) document = text; return self; end };
output(stderr); input(nothing);

function os.exit()
	left = left or document == nil; -- dump-config.lua ends so as well, but it has printed something then
	error("os.exit");
end
function os.getenv(name)
	local value = environment[name];
	if value ~= nil then return value; end
	return getenv(name);
end

local compiled, search = {}, package.searchers[2];
package.searchers[2] = function (name)
	local key = name.."\0"..package.path;
	local known = compiled[key];
	if not known then
		local loader, place = search(name);
		if type(loader) ~= "function" then return loader; end
		known = { loader, place };
		compiled[key] = known;
	end
	return known[1], known[2];
end

-- all tables that can be reached by everyone, with what is in them now
local before = {};
local function remember(t)
	if type(t) ~= "table" or before[t] then return; end
	local copy = {};
	before[t] = { copy, getmetatable(t) };
	for k, v in next, t do copy[k] = v; end
	for _, v in next, copy do remember(v); end
	remember(getmetatable(t));
end
remember(_G); remember(package.loaded); remember(getmetatable("")); remember(getmetatable(stderr));

local function restore()
	sethook();
	for t, was in next, before do
		local copy = was[1];
		for k in next, t do if copy[k] == nil then set(t, k, nil); end end
		for k, v in next, copy do if get(t, k) ~= v then set(t, k, v); end end
		if getmetatable(t) ~= was[2] then setmetatable(t, was[2]); end
	end
	for _, value in next, { 0, true, print } do setmetatable(value, nil); end
	setmetatable(nil, nil);
	output(stderr); input(nothing); setlocale("C");
	collectgarbage("incremental"); collectgarbage("restart"); collectgarbage();
end

local function answer(text)
	write(answers, #text, "\n", text);
	flush(answers);
end

while true do
	local length = tonumber(read(questions, "l"));
	if not length then break; end
	local fields = {};
	for field in read(questions, length):gmatch("([^\0]*)\0") do fields[#fields+1] = field; end
	environment, document, left = {}, nil, false;
	for i = 3, #fields do
		local name, value = fields[i]:match("^([^=]*)=(.*)$");
		environment[name] = value;
	end
	local modules = fields[2] == "modules";
	arg = modules and { [0] = "dump-modules.lua", fields[1] } or { [0] = "dump-config.lua", "--credentials", fields[2], fields[1] };
	local _, problem = pcall(modules and dump_modules or dump);
	restore();
	if left then answer("!the configuration ended the program");
	else answer(document or "!"..tostring(problem)); end
end
