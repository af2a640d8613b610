package main

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"net/http"
	"strings"
)

// look changes how the chat stands on a page, after it was tried on.
func (c *contract) look(site string) {
	c.t.Helper()
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 600, 300))); err != nil {
		c.t.Fatal(err)
	}
	op := c.ops["addPicture"]
	name := c.sendBytes("addPicture", strings.Replace(op[1], "{id}", site, 1), "logo.png", "image/png", drawn.String())["name"].(string)
	look := object{"side": 24, "bottom": 80, "launcher": "label", "icon": "heart", "label": "Ask us", "theme": "dark", "picture": name,
		"locales": []string{"ar", "en"}, "words": object{"ar": object{"name": "", "greeting": "أهلاً", "reply_note": "", "label": "اسألنا"}}}
	url := c.call("previewSite", object{"look": look}, "id", site)["url"].(string)
	c.call("changeSite", object{"look": look}, "id", site)
	c.gets(url, "data-console")
	c.gets(c.base+"/v1/widget/config.js?locale=ar&"+url[strings.Index(url, "site="):], "اسألنا")
	c.gets(c.base+"/v1/widget/sites/"+site+"/pictures/"+name, "PNG")
}

// gets reads an address that anybody may.
func (c *contract) gets(url, want string) {
	c.t.Helper()
	res, err := http.Get(url)
	if err != nil {
		c.t.Fatal(err)
	}
	got, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err != nil || res.StatusCode != 200 || !strings.Contains(string(got), want) {
		c.t.Errorf("%s: %d %.200q, %v", url, res.StatusCode, got, err)
	}
}
