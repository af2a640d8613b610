package widget

import (
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"rapport/hub/chat"
)

// TestOnlySignedCustomersBegin: where the site says so. What is under way goes on,
// until it is closed.
func TestOnlySignedCustomersBegin(t *testing.T) {
	w := newWorld(t)
	post := func(token, id, clientID string) (int, []byte) {
		return w.call("POST", "/v1/widget/conversations/"+id+"/messages", token, m{"client_id": clientID, "text": "Where is my parcel?"})
	}
	talking, under := w.visit(m{}), chat.NewID()
	if status, body := post(talking.Token, under, "client-1"); status != 200 {
		t.Fatalf("before: %d %s", status, body)
	}
	w.site.Identity.Required = true
	w.must(w.store.SaveSite(t.Context(), w.site))
	if _, body := w.call("GET", "/v1/widget/config.js?site="+w.site.Key, "", nil); !strings.Contains(string(body), `"signed_only":true`) {
		t.Errorf("pages do not know: %s", body)
	}
	stranger := w.visit(m{})
	needed := func(what string, status int, body []byte) {
		t.Helper()
		if status != 403 || w.failure(body).Code != chat.IdentityNeeded {
			t.Errorf("%s: %d %s", what, status, body)
		}
	}
	status, body := post(stranger.Token, chat.NewID(), "client-2")
	needed("a stranger", status, body)
	if status, body := post(talking.Token, under, "client-3"); status != 200 {
		t.Errorf("what is under way: %d %s", status, body)
	}
	if status, body := post(w.visit(m{"identity": w.signed(nil)}).Token, chat.NewID(), "client-4"); status != 200 {
		t.Errorf("a signed customer: %d %s", status, body)
	}
	mayAttach := func(v sessionAnswer) error {
		p, err := w.store.Person(t.Context(), v.Person.ID)
		w.must(err)
		return w.door.vouchedOrTalking(t.Context(), w.site, p)
	}
	if err := mayAttach(talking); err != nil {
		t.Errorf("a file for what is under way: %v", err)
	}
	if err := mayAttach(stranger); !chat.Is(err, chat.IdentityNeeded) {
		t.Errorf("a stranger's file: %v", err)
	}
	w.must(w.desk.Close(t.Context(), w.agent, under))
	status, body = post(talking.Token, under, "client-5")
	needed("once it is closed", status, body)
	known := w.visit(m{"secret": talking.Secret, "identity": w.signed(func(c jwt.MapClaims) { c["sub"] = "c-9" })})
	if status, body := post(known.Token, under, "client-6"); status != 200 {
		t.Errorf("once they are signed in: %d %s", status, body)
	}
}

// TestASecretOnItsWayOutIsCounted: its owner sees whether anybody still uses it.
func TestASecretOnItsWayOutIsCounted(t *testing.T) {
	w := newWorld(t)
	w.visit(m{"identity": w.signed(nil)})
	w.must(w.store.RotateIdentitySecret(t.Context(), &chat.IdentitySecret{KID: chat.NewID(), SiteID: w.site.ID, Secret: "next"}, chat.SystemClock()+60_000))
	w.visit(m{"identity": w.signed(nil)})
	secrets, err := w.store.IdentitySecrets(t.Context(), w.site.ID)
	w.must(err)
	if len(secrets) != 2 || secrets[1].Uses != 1 || secrets[1].UsedAt == 0 {
		t.Errorf("got %+v", secrets)
	}
}
