package tlsboot

import "crypto/tls"

// policy is TLS 1.3, and 1.2 with forward secrecy and authenticated encryption only. Curves are Go's
// choice, the post-quantum ones first.
func policy(shown identity, tickets [][32]byte) *tls.Config {
	config := &tls.Config{
		MinVersion: tls.VersionTLS12,
		CipherSuites: []uint16{
			tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
			tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
			tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
			tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
			tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
			tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
		},
		NextProtos:     append([]string{"h2", "http/1.1"}, shown.protocols...),
		GetCertificate: shown.certificate,
	}
	if shown.clients != nil {
		config.ClientAuth, config.ClientCAs = tls.RequireAndVerifyClientCert, shown.clients
	}
	if len(tickets) > 0 {
		config.SetSessionTicketKeys(tickets)
	}
	return config
}
