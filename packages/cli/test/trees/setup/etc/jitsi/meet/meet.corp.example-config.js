/* eslint-disable no-unused-vars, no-var */
var subdomain = '<!--# echo var="subdomain" default="" -->';

if (subdomain) {
    subdomain = subdomain.substr(0, subdomain.length - 1).split('.').join('_').toLowerCase() + '.';
}

var config = {
    hosts: {
        // XMPP domain.
        domain: 'meet.corp.example',

        // When using authentication, domain for guest users.
        // anonymousdomain: 'guest.example.com',

        // MUC domain.
        muc: 'conference.' + subdomain + 'meet.corp.example',
    },

    bosh: 'https://meet.corp.example/' + subdir + 'http-bind',
    websocket: 'wss://meet.corp.example/' + subdir + 'xmpp-websocket',
};
