package widget

import (
	"strings"
	"testing"

	"rapport/hub/chat"
)

// TestASiteThatIsOff: its button goes, nobody new may write, and who has written
// before may still.
func TestASiteThatIsOff(t *testing.T) {
	w := newWorld(t)
	before := w.visit(m{})
	w.site.Disabled = true
	w.must(w.store.SaveSite(t.Context(), w.site))
	if _, body := w.call("GET", "/v1/widget/config.js?site="+w.site.Key, "", nil); !strings.Contains(string(body), `"hidden":true`) {
		t.Errorf("the button stands: %s", body)
	}
	status, body := w.call("POST", "/v1/widget/session", "", m{"site": w.site.Key})
	if status != 403 || w.failure(body).Code != chat.Forbidden {
		t.Errorf("somebody new: %d %s", status, body)
	}
	w.visit(m{"secret": before.Secret})
}
