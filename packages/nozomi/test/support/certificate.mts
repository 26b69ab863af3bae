/*
 * A key that protects nothing, and a certificate for `localhost` and 127.0.0.1 that it signed itself, good from 2020 to
 * 2120: so that servers over TLS can be tested where there is no openssl. Clients are told to trust it by `ca`.
 */

export const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgcueP7ICcRAh0guoe
bCQ57a06TOoH9oHEdVJ3yU7ZVY2hRANCAAQ+KQrh86Q8D8nHTiVbOKQXY86h04y/
YXIUYLlBREZrLaT3Z57DSqDCcPqixBueyqYecfSYAv/b4s6REcFHi310
-----END PRIVATE KEY-----
`

export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBejCCASCgAwIBAgIUbV0ius1aMUiYMeC7TqaObK4RFwIwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAx
MDAwMDAwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQ+KQrh86Q8D8nHTiVbOKQXY86h04y/YXIUYLlBREZrLaT3Z57DSqDC
cPqixBueyqYecfSYAv/b4s6REcFHi310o04wTDAPBgNVHRMBAf8EBTADAQH/MBoG
A1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAdBgNVHQ4EFgQUKpl5GALOEllaIbiV
MSTV1K9bVuAwCgYIKoZIzj0EAwIDSAAwRQIgY3fbjr2jP/tPqyyx/GUdAhGfyD8k
A5Zp4U3iLeiTm6oCIQCGwNZbr84dtTdjyIlQxPijwUlTlPwTkuPcGlhzqkHzGA==
-----END CERTIFICATE-----
`
