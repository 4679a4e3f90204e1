component_secret = "marker-Secret-1
admins = {}
