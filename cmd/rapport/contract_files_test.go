package main

import (
	"io"
	"net/http"
	"strings"
)

// files go both ways: bytes in, their links out, and what the links lead to.
func (c *contract) files(talk string) {
	mine := c.upload("uploadOwnFile", "", "cracked cup.txt", "text/plain", "It broke on the way.")
	c.call("postOwnMessage", object{"client_id": "c-contract-f1", "text": "", "files": []any{mine}}, "id", talk)
	ours := c.upload("uploadFile", "?conversation="+talk, "slip.pdf", "application/pdf", "%PDF-1.7 no page in it")
	c.call("postMessage", object{"client_id": "c-contract-f2", "kind": "reply", "text": "Here it is.", "files": []any{ours}}, "id", talk)
	c.call("viewConversation", nil, "id", talk)
	for _, op := range []string{"linkOwnFiles", "linkFiles"} {
		links := c.call(op, nil, "?", "ids="+mine.(string)+","+ours.(string))["links"].([]any)
		if len(links) != 2 {
			c.t.Fatalf("%s: %v", op, links)
		}
		for i, want := range []string{"It broke on the way.", "%PDF-1.7 no page in it"} {
			res, err := http.Get(dig(links[i], "url").(string))
			if err != nil {
				c.t.Fatal(err)
			}
			got, err := io.ReadAll(res.Body)
			_ = res.Body.Close()
			if err != nil || res.StatusCode != 200 || string(got) != want {
				c.t.Errorf("%s: %d %q, %v", op, res.StatusCode, got, err)
			}
		}
	}
}

// upload sends a file and returns its id.
func (c *contract) upload(id, query, name, kind, content string) any {
	c.t.Helper()
	return dig(c.sendBytes(id, c.ops[id][1]+query, name, kind, content), "file", "id")
}

// sendBytes calls an operation whose body is a file.
func (c *contract) sendBytes(id, path, name, kind, content string) object {
	c.t.Helper()
	op := c.ops[id]
	req, err := http.NewRequest(http.MethodPost, c.base+path, strings.NewReader(content))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	req.Header.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	status, answer := c.do(req)
	if status != 200 {
		c.t.Fatalf("%s: %d %s", id, status, answer)
	}
	delete(c.left, id)
	return c.hold(id, strings.ReplaceAll(op[1], "/", "~1")+"/post/responses/200/content/application~1json/schema", answer).(object)
}
