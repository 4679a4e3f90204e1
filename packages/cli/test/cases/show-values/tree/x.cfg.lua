a = { 1, 2.5, key = true; ["odd key"] = "line\nbreak \"quoted\"" }
b = os.getenv("HOME")
c = function () end
d = "escape \027[31m"
e = "\252"
f = { "a long entry of a list that does not fit", "another long entry of the list", "and one more of them", { nested = { "x" } } }
VirtualHost "x.example"
