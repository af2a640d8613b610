package main

import (
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/files"
	"rapport/hub/files/s3test"
)

// filesAt is the setting that leads to a bucket, whose keys this test then has in its
// environment.
func filesAt(t *testing.T, l *s3test.Line) string {
	t.Setenv(keyIDName, s3test.KeyID)
	t.Setenv(secretName, s3test.Secret)
	return l.Address("shop/files")
}

// blobsIn lists the names of blobs below a folder.
func blobsIn(t *testing.T, dir string) (blobs []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && files.ValidName(d.Name()) {
			blobs = append(blobs, d.Name())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return blobs
}

// filesWorld is a server whose files lie in a bucket, with an owner and a visitor.
type filesWorld struct {
	*contract
	r    *running
	line *s3test.Line
	dir  string
	talk string
}

func newFilesWorld(t *testing.T) *filesWorld {
	t.Helper()
	w := &filesWorld{line: s3test.Bucket(t), dir: t.TempDir()}
	w.r = startServer(t, "--data", w.dir, "--demo", "on", "--files-store", filesAt(t, w.line))
	w.contract = newContract(t, w.r.places.Widget)
	w.console, _, _ = strings.Cut(w.r.places.Console, "/console")
	_, setup, _ := strings.Cut(w.r.places.Setup, "#")
	me := w.call("setUp", object{"token": setup, "name": "Ben Carter", "email": "ben@shop.example", "password": "a long walk by the river"})
	w.csrf = me["csrf"].(string)
	w.talk = w.visitor(w.r.places.SiteKey)
	return w
}

// post sends a message of the visitor's with these files.
func (w *filesWorld) post(clientID, text string, ids ...any) {
	w.t.Helper()
	w.call("postOwnMessage", object{"client_id": clientID, "text": text, "files": append([]any{}, ids...)}, "id", w.talk)
}

// fetch follows the visitor's link to a file.
func (w *filesWorld) fetch(id any) (*http.Response, string) {
	w.t.Helper()
	links := w.call("linkOwnFiles", nil, "?", "ids="+id.(string))["links"].([]any)
	if len(links) != 1 {
		w.t.Fatalf("links: %v", links)
	}
	res, err := http.Get(dig(links[0], "url").(string))
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return res, string(b)
}

// refusedForNow uploads a file that cannot be kept now.
func (w *filesWorld) refusedForNow(op, query string) {
	w.t.Helper()
	req, err := http.NewRequest(http.MethodPost, w.base+w.ops[op][1]+query, strings.NewReader("later"))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "text/plain")
	req.Header.Set("Content-Disposition", `attachment; filename="later.txt"`)
	client := w.browser
	if strings.HasPrefix(req.URL.Path, "/v1/widget") {
		client = http.DefaultClient
		req.Header.Set("Authorization", "Bearer "+w.token)
	} else {
		req.Header.Set("X-CSRF-Token", w.csrf)
	}
	res, err := client.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if body, _ := io.ReadAll(res.Body); res.StatusCode != 503 || res.Header.Get("Retry-After") == "" || !strings.Contains(string(body), string(chat.StoreDown)) {
		w.t.Errorf("%s: %d %q %s", op, res.StatusCode, res.Header.Get("Retry-After"), body)
	}
}

// Files in a bucket go both ways through our own doors, a bucket that is away costs
// nothing but files, and who is erased is gone from it.
func TestFilesLieInABucket(t *testing.T) {
	w := newFilesWorld(t)
	defer w.r.end(t)
	cup := w.upload("uploadOwnFile", "", "cracked cup.txt", "text/plain", "It broke on the way.")
	w.post("c-files-1", "", cup)
	if res, body := w.fetch(cup); res.StatusCode != 200 || body != "It broke on the way." || res.Header.Get("Content-Security-Policy") != "sandbox; default-src 'none'; frame-ancestors 'none'" {
		t.Errorf("%d %q %v", res.StatusCode, body, res.Header)
	}
	there := blobsIn(t, filepath.Join(w.line.Folder, "shop", "files"))
	if here := blobsIn(t, w.dir); len(there) != 1 || len(here) != 0 {
		t.Errorf("in the bucket %v, in the data folder %v", there, here)
	}

	w.line.Cut()
	w.refusedForNow("uploadOwnFile", "")
	w.refusedForNow("uploadFile", "?conversation="+w.talk)
	w.post("c-files-2", "Can you hear me?")
	w.call("ready", nil)
	if res, _ := w.fetch(cup); res.StatusCode != 503 || res.Header.Get("Retry-After") == "" {
		t.Errorf("fetched from nowhere: %d", res.StatusCode)
	}
	w.line.Mend()
	slip := w.upload("uploadFile", "?conversation="+w.talk, "slip.pdf", "application/pdf", "%PDF-1.7 no page in it")
	w.call("takeConversation", object{}, "id", w.talk)
	w.call("postMessage", object{"client_id": "c-files-3", "kind": "reply", "text": "Here it is.", "files": []any{slip}}, "id", w.talk)
	if res, body := w.fetch(slip); res.StatusCode != 200 || body != "%PDF-1.7 no page in it" {
		t.Errorf("%d %q", res.StatusCode, body)
	}

	to := filepath.Join(t.TempDir(), "copy.tar.gz")
	if said := ok(t, "backup", "--to", to, "--data", w.dir, "--files-store", w.line.Address("shop/files")); !strings.Contains(said, "2 files that people sent along are not in it. They lie in s3://"+w.line.Bucket+"/shop/files at ") {
		t.Errorf("backup says %q", said)
	}
	if said := ok(t, "backup", "--to", to+"2", "--data", w.dir); !strings.Contains(said, "2 files that people sent along are not in it") {
		t.Errorf("backup says %q", said)
	}

	w.call("eraseOwn", object{})
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		left := blobsIn(t, w.line.Folder)
		if len(left) == 0 {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("erased and still in the bucket: %v", left)
		}
	}
	log := w.r.log.String()
	if strings.Contains(log, s3test.Secret) || strings.Count(log, "does not answer") != 1 || strings.Count(log, "answers again") != 1 {
		t.Errorf("the log: %s", log)
	}
}

// What waiting does not heal ends the start with one line that says what to do; a bucket
// that is away does not.
func TestTheStartSaysWhatIsWrongWithABucket(t *testing.T) {
	l := s3test.Bucket(t)
	right := filesAt(t, l)
	for what, c := range map[string]struct {
		code           int
		address, wants string
	}{
		"no address":     {2, "files-of-mine?secret=hush", "write s3://BUCKET/PREFIX"},
		"no such bucket": {1, strings.Replace(right, l.Bucket, "no-such-bucket", 1), "there is no bucket no-such-bucket"},
	} {
		code, _, log := exec(t, "", "serve", "--addr", "127.0.0.1:0", "--data", t.TempDir(), "--files-store", c.address)
		if code != c.code || strings.Count(log, "\n") != 1 || !strings.Contains(log, c.wants) || strings.Contains(log, "hush") || strings.Contains(log, s3test.Secret) {
			t.Errorf("%s: %d %q", what, code, log)
		}
	}
	l.Cut()
	r := startServer(t, "--data", t.TempDir(), "--files-store", right)
	if log := r.log.String(); strings.Count(log, "does not answer") != 1 {
		t.Errorf("the log: %s", log)
	}
	r.end(t)
}

// The keys of a bucket come from the environment or the file, and are seen nowhere.
func TestKeysOfABucketComeFromTheFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "rapport.conf")
	if err := os.WriteFile(file, []byte("files-store s3://bucket/x?region=eu-1\n"+keyIDName+" mine\n"+secretName+" hush/hush+hush=\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv(keyIDName, "")
	t.Setenv(secretName, "")
	c, err := readConfig([]string{"--config", file}, io.Discard)
	if err != nil || c.place == nil || c.keys.get(keyIDName) != "mine" || c.keys.get(secretName) != "hush/hush+hush=" {
		t.Fatalf("%v", err)
	}
	t.Setenv(keyIDName, "theirs")
	if got := c.keys.get(keyIDName); got != "theirs" {
		t.Errorf("the environment does not win: %q", got)
	}
	ok(t, "site", "list", "--data", t.TempDir(), "--config", file)
	_, help, _ := exec(t, "", "serve", "--config", file, "--help")
	if !strings.Contains(help, "--files-store") || strings.Contains(help, "hush") {
		t.Errorf("help: %s", help)
	}
	if _, err := readConfig([]string{"--files-store", "s3://bucket?region=eu-1"}, io.Discard); err == nil || !strings.Contains(err.Error(), secretName) {
		t.Errorf("without keys: %v", err)
	}
}
