// What the options of Jitsi Meet's modules do. Compared by hand with copies of jitsi-meet's resources/prosody-plugins: one of
// December 2023, one of February 2026 from a fork that renames things, and single files of upstream. No lab has these modules, so no
// test compares the two again. Compared less closely, by what reads the option alone: the options that name a component or a host
// (`…_muc`, `…_component`, `main_muc`) and region, shard and release.
const TENANT = 'for rooms with a tenant before their name';

export const JITSI_PROSE: Readonly<Record<string, string>> = {
  app_id:
    'The name of the application, as tokens carry it in `iss` unless `asap_accepted_issuers` has other names. Without it no token is accepted.',
  app_secret: 'The secret that tokens are signed with (HS256). Who has it can make tokens for every room.',
  asap_key_server:
    'The address from which public keys are fetched, for tokens signed with RS256. With it `app_secret` has no say.',
  asap_accepted_issuers: "Values of `iss` that a token may have; the application's name unless set.",
  asap_accepted_audiences: 'Values of `aud` that a token may have: any (`*`) unless set.',
  asap_require_room_claim: 'Whether a token has to name its room: yes unless set.',
  allow_empty_token: 'Whether people may come without a token.',
  enable_domain_verification:
    'Whether the domain or tenant that a token names in `sub` is compared with that of the room: yes unless set.',
  signature_algorithm:
    'The one algorithm that tokens may be signed with: RS256 where keys are fetched and HS256 with `app_secret` unless set.',
  token_verification_require_token_for_moderation: "Whether changing a room's settings needs a token.",
  token_verification_allowlist: 'Hosts or accounts that enter rooms without a token.',
  muc_mapper_domain_base: `The domain of the meetings, ${TENANT}. It should be the virtual host that people meet on.`,
  muc_mapper_domain_prefix: `The first part of the rooms' component, ${TENANT}; \`conference\` unless set.`,
  muc_mapper_domain: `The component of the rooms, ${TENANT}.`,
  main_muc: 'The component with the rooms of meetings.',
  lobby_muc: 'The component with the lobbies, where people wait to be let in.',
  breakout_rooms_muc: 'The component with the breakout rooms.',
  muc_component: 'The component whose rooms this module watches: that of the meetings.',
  breakout_rooms_component: 'The component with the breakout rooms that this module watches too.',
  main_domain:
    "On a Prosody for visitors the virtual host of the meeting's own Prosody. Modules tell by it that they run there, so elsewhere it stays unset.",
  muc_lobby_whitelist: 'Hosts or accounts whose users pass the lobby, such as the host of recorders.',
  muc_lobby_check_display_name_required: 'Whether who waits in a lobby must have a name: yes unless set.',
  speakerstats_component: 'The component that counts how long each person speaks.',
  conference_duration_component: 'The component that tells how long a meeting lasts.',
  end_conference_component: 'The component through which a moderator ends a meeting for all.',
  av_moderation_component: 'The component through which a moderator allows cameras and microphones.',
  room_metadata_component: 'The component that keeps what belongs to a room.',
  target_address: "The account that the component stands in for: Jicofo's, `focus@auth.…`.",
  muc_max_occupants: 'People who may be in one room: any number unless set. A room may have a number of its own.',
  muc_access_whitelist: 'Hosts or accounts that may enter a full room, and do not count in it.',
  muc_password_whitelist: "Hosts or accounts that enter without the room's password: those of Jicofo and recorders.",
  allowners_moderated_rooms: 'Rooms in which mod_muc_allowners makes only those moderators whose token is for the room.',
  allowners_moderated_subdomains:
    'Tenants in whose rooms mod_muc_allowners makes only those moderators whose token is for the room.',
  services_empty_meeting_timeout:
    'Seconds until a meeting ends in which only recorders and transcribers are left, 20 unless set.',
  turncredentials_secret:
    'The secret that the TURN server shares with Prosody, for the old module; external_service_secret is its successor.',
  turncredentials: 'TURN and STUN servers, for the old module; `external_services` is its successor.',
  rate_limit_login_rate: 'Logins a second that one address may make, 3 unless set. With more its sessions are slowed down.',
  rate_limit_session_rate: 'Bytes a second that a session is slowed down to when it or its address does too much.',
  rate_limit_whitelist: 'Addresses and networks without such limits: this machine unless set.',
  rate_limit_whitelist_jids:
    "Accounts without such limits, in Jitsi Meet's older versions; `rate_limit_whitelist_hosts` came after it.",
  rate_limit_whitelist_hosts: 'Hosts without such limits.',
  region_name: 'The region of this server, as it is told to clients and in tokens.',
  shard_name: 'The name of this server among several.',
  release_number: 'The release of the server, as it is told to clients.',
  recorder_prefixes: 'Beginnings of the addresses of recorders.',
  transcriber_prefixes: 'Beginnings of the addresses of transcribers.',
  jibri_queue_url: 'The address of the service that is told who waits for a recorder, and who waits no more.',
  visitors_ignore_list: 'Hosts whose users visitors are not told of, and who do not count among them, such as that of recorders.',
  anonymous_strict:
    "Whether an anonymous user's name in a room has to be the first eight characters of the account's name: no unless set.",
};
