VirtualHost "example.com"
    component_secret = "Tr0ub4dor-secret"
Component "muc.example.com" "muc"
