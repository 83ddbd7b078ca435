package tlsboot

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/caddyserver/certmagic"
	"github.com/mholt/acmez/v3/acme"
)

const zeroSSLAccounts = "https://api.zerossl.com/acme/eab-credentials-email"

// zeroSSL is where ZeroSSL gives the credentials of a new account to an email address.
type zeroSSL string

// bind is what ZeroSSL asks for before it opens an account (RFC 8555 §7.3.4).
func (z zeroSSL) bind(ctx context.Context, issuer *certmagic.ACMEIssuer, account acme.Account) (acme.Account, error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	form := url.Values{"email": {issuer.Email}}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, string(z), strings.NewReader(form.Encode()))
	if err != nil {
		return account, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return account, err
	}
	defer func() { _ = response.Body.Close() }()
	var credentials struct {
		KeyID  string `json:"eab_kid"`
		MACKey string `json:"eab_hmac_key"`
	}
	err = json.NewDecoder(http.MaxBytesReader(nil, response.Body, 1<<20)).Decode(&credentials)
	if err != nil || credentials.KeyID == "" || credentials.MACKey == "" {
		return account, fmt.Errorf("ZeroSSL gives %s no account: %s", issuer.Email, response.Status)
	}
	issuer.ExternalAccount = &acme.EAB{KeyID: credentials.KeyID, MACKey: credentials.MACKey}
	return account, nil
}
