package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	osexec "os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"rapport/storage/storagetest/cluster"
)

// asRapport makes the test binary be rapport itself, for what only a process can show.
const asRapport = "RAPPORT_TEST_PROCESS"

func TestMain(m *testing.M) {
	if os.Getenv(asRapport) != "" {
		main()
	}
	// No test comes near the stores that this machine works with.
	for _, name := range []string{"RAPPORT_STORE", "RAPPORT_FILES_STORE"} {
		if err := os.Unsetenv(name); err != nil {
			panic(err)
		}
	}
	code := m.Run()
	if err := cluster.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop Postgres:", err)
		code = 1
	}
	os.Exit(code)
}

// stores makes an empty database of each kind, as --store wants it.
var stores = map[string]func(t *testing.T) string{
	"sqlite":   func(*testing.T) string { return "" },
	"postgres": func(t *testing.T) string { return cluster.Database(t) },
}

const password = "do:not/tell@anybody"

// ownPostgres is a Postgres that runs, with an empty database of rapport's.
func ownPostgres(t *testing.T) (*cluster.Own, string) {
	t.Helper()
	pg := cluster.New(t)
	pg.Start()
	pg.Exec("postgres", `CREATE ROLE rapport LOGIN PASSWORD '`+password+`'`, `CREATE DATABASE chat OWNER rapport`)
	return pg, pg.URL("rapport", password, "chat")
}

// freeAddress is one of this machine that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

// process is rapport as a process of its own.
type process struct {
	cmd *osexec.Cmd
	out *lines
	log *lines
}

func startProcess(t *testing.T, env []string, args ...string) *process {
	t.Helper()
	p := &process{osexec.Command(os.Args[0], args...), &lines{}, &lines{}}
	p.cmd.Env = append(append(os.Environ(), asRapport+"=1"), env...)
	p.cmd.Stdout, p.cmd.Stderr = p.out, p.log
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	return p
}

// code waits for the end and returns the exit code, -1 for one that was killed.
func (p *process) code(t *testing.T, limit time.Duration) int {
	t.Helper()
	late := time.AfterFunc(limit, func() {
		t.Errorf("it still runs after %v: %s", limit, p.log)
		_ = p.cmd.Process.Kill()
	})
	defer late.Stop()
	_ = p.cmd.Wait() // the code says it
	return p.cmd.ProcessState.ExitCode()
}

// answer is what an address says; status 0 where nobody answers.
func answer(t *testing.T, url string) (status int, after, body string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return 0, "", err.Error()
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header.Get("Retry-After"), string(text)
}

// comesTo waits until an address answers with the status.
func comesTo(t *testing.T, url string, want int, limit time.Duration) {
	t.Helper()
	var got int
	var body string
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if got, _, body = answer(t, url); got == want {
			return
		}
	}
	t.Fatalf("%s answers %d %s after %v, want %d", url, got, body, limit, want)
}

// The server may come before its database, outlives it, and keeps its password to
// itself.
func TestStartOrderDoesNotMatter(t *testing.T) {
	pg, dsn := ownPostgres(t)
	pg.Stop()
	t.Setenv("RAPPORT_STORE", dsn)
	at, figures := freeAddress(t), freeAddress(t)
	ctx, cancel := context.WithCancel(t.Context())
	out, log, code := &lines{}, &lines{}, make(chan int, 1)
	go func() {
		code <- run(ctx, []string{"--addr", at, "--data", t.TempDir(), "--metrics-addr", figures, "--log-level", "debug"}, streams{strings.NewReader(""), out, log})
	}()
	comesTo(t, "http://"+at+"/healthz", http.StatusOK, 5*time.Second)
	for _, path := range []string{"/readyz", "/console/", "/w.js", "/v1/widget/config", "/"} {
		status, after, body := answer(t, "http://"+at+path)
		if status != http.StatusServiceUnavailable || after == "" || !strings.Contains(body, "Waiting for the database.") {
			t.Errorf("%s without a database: %d %q %s", path, status, after, body)
		}
	}
	said := regexp.MustCompile(`msg="waiting for the database" database="chat at 127.0.0.1:\d+" why=("[^"]*"|\S+)`)
	time.Sleep(1500 * time.Millisecond) // a few tries
	if reasons := said.FindAllStringSubmatch(log.String(), -1); len(reasons) != 1 || reasons[0][1] != `"connection refused"` {
		t.Errorf("it says why it waits: %q in\n%s", reasons, log)
	}
	pg.Start()
	comesTo(t, "http://"+at+"/readyz", http.StatusOK, 10*time.Second)
	comesTo(t, "http://"+at+"/w.js", http.StatusOK, time.Second)
	if _, _, body := answer(t, "http://"+figures+"/metrics"); !strings.Contains(body, "rapport_writes_total") || strings.Contains(body, password) {
		t.Errorf("figures:\n%s", body)
	}
	if !strings.Contains(out.String(), "chat at 127.0.0.1:") {
		t.Errorf("the greeting does not name the database: %s", out)
	}

	pg.Kill()
	comesTo(t, "http://"+at+"/readyz", http.StatusServiceUnavailable, 10*time.Second)
	comesTo(t, "http://"+at+"/healthz", http.StatusOK, time.Second)
	pg.Start()
	comesTo(t, "http://"+at+"/readyz", http.StatusOK, 10*time.Second)
	comesTo(t, "http://"+at+"/demo/", http.StatusOK, time.Second)

	cancel()
	if got := <-code; got != 0 {
		t.Errorf("exit code %d:\n%s", got, log)
	}
	reasons := said.FindAllStringSubmatch(log.String(), -1)
	for i := 1; i < len(reasons); i++ {
		if reasons[i][1] == reasons[i-1][1] {
			t.Errorf("it says twice that it waits because of %s", reasons[i][1])
		}
	}
	secrets := []string{password, "do%3Anot", "do:not", "tell%40anybody"}
	_, help, _ := exec(t, "", "--help")
	for where, text := range map[string]string{"the log": log.String(), "the output": out.String(), "the help": help} {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%s holds the password:\n%s", where, text)
			}
		}
	}
}

func TestStopWhileWaiting(t *testing.T) {
	at := freeAddress(t)
	p := startProcess(t, []string{"RAPPORT_STORE=postgres://rapport:x@" + freeAddress(t) + "/chat"}, "--addr", at, "--data", t.TempDir())
	comesTo(t, "http://"+at+"/healthz", http.StatusOK, 5*time.Second)
	comesTo(t, "http://"+at+"/readyz", http.StatusServiceUnavailable, time.Second)
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := p.code(t, 2*time.Second); code != 0 {
		t.Errorf("exit code %d: %s", code, p.log)
	}
}

// What waiting does not heal ends the start, with a line that says what to do.
func TestWhatWaitingDoesNotHeal(t *testing.T) {
	pg, dsn := ownPostgres(t)
	pg.Exec("postgres",
		`CREATE ROLE other LOGIN PASSWORD 'x'`,
		`CREATE DATABASE latin OWNER rapport ENCODING 'LATIN1' TEMPLATE template0`,
		`CREATE DATABASE careless OWNER rapport`, `ALTER DATABASE careless SET synchronous_commit = off`,
		`CREATE DATABASE newer OWNER rapport`, `CREATE DATABASE sealed OWNER rapport`, `CREATE DATABASE closed`, `REVOKE CREATE ON DATABASE closed FROM PUBLIC`)
	pg.Exec("closed", `REVOKE CREATE ON SCHEMA public FROM PUBLIC`)
	database := func(name string) string { return pg.URL("rapport", password, name) }
	data, other := t.TempDir(), t.TempDir()
	for name, dir := range map[string]string{"newer": data, "sealed": other} {
		if code, _, log := exec(t, "", "site", "create", "--name", "Shop", "--store", database(name), "--data", dir); code != 0 {
			t.Fatal(log)
		}
	}
	pg.Exec("newer", `INSERT INTO migration (number, name) VALUES (9999, 'from the future')`)
	for name, c := range map[string]struct{ store, want string }{
		"wrong password":    {pg.URL("rapport", password+"2", "chat"), "pg_hba.conf"},
		"no such role":      {pg.URL("nobody", password, "chat"), "pg_hba.conf"},
		"no such database":  {database("nothing"), "CREATE DATABASE nothing OWNER rapport"},
		"too few rights":    {database("closed"), "ALTER DATABASE closed OWNER TO rapport"},
		"not durable":       {database("careless"), "ALTER DATABASE careless SET synchronous_commit = on"},
		"another encoding":  {database("latin"), "ENCODING 'UTF8'"},
		"a newer version":   {database("newer"), "newer rapport"},
		"another key":       {database("sealed"), "--data"},
		"no TLS there":      {dsn + "?sslmode=require", "TLS"},
		"a wrong setting":   {dsn + "?sslmod=require", "sslmod"},
		"not an address":    {"mysql://rapport:" + password + "@db/chat", "postgres://rapport:PASSWORD@"},
		"a bad address":     {"postgres://rapport:" + password + "@db/chat", "%2F"},
		"an unknown option": {dsn + "?sslmode=sure", "sslmode"},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, log := exec(t, "", "serve", "--addr", "127.0.0.1:0", "--data", data, "--store", c.store)
			if code == 0 || !strings.Contains(log, c.want) || strings.Count(strings.TrimSpace(log), "\n") != 0 {
				t.Errorf("exit %d, %q", code, log)
			}
			if strings.Contains(log+out, password) {
				t.Error("the password was printed")
			}
		})
	}
	pg.Stop()
	code, _, log := exec(t, "", "site", "list", "--data", t.TempDir(), "--store", dsn)
	if code != 1 || !strings.Contains(log, "cannot be reached: connection refused") {
		t.Errorf("a command does not wait: exit %d, %q", code, log)
	}
}

// A database has one server. Commands go on beside it, and the next one comes at once
// when it ends, however it does.
func TestASecondServerOfADatabaseIsKeptOut(t *testing.T) {
	store := "RAPPORT_STORE=" + cluster.Database(t)
	folder := func() string { // each its own, with the one key
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, keyName), bytes.Repeat([]byte("k"), keyLength), 0o600); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	serving := func(t *testing.T) *process {
		t.Helper()
		at := freeAddress(t)
		p := startProcess(t, []string{store}, "--addr", at, "--data", folder())
		comesTo(t, "http://"+at+"/readyz", http.StatusOK, 10*time.Second)
		return p
	}
	// On an empty database all at once, and commands among them.
	var all []*process
	for range 3 {
		all = append(all, startProcess(t, []string{store}, "--addr", "127.0.0.1:0", "--json", "--data", folder()))
	}
	beside := startProcess(t, []string{store}, "site", "list", "--data", folder())
	if code := beside.code(t, 10*time.Second); code != 0 {
		t.Errorf("a command among them: %d %s", code, beside.log)
	}
	var first *process
	for _, p := range all {
		for end := time.Now().Add(10 * time.Second); !strings.Contains(p.out.String(), "\n") && !strings.Contains(p.log.String(), "rapport:"); time.Sleep(10 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("it neither serves nor ends: %s", p.log)
			}
		}
		if strings.Contains(p.out.String(), "\n") {
			if first != nil {
				t.Fatal("two of them serve")
			}
			first = p
		} else if code := p.code(t, 10*time.Second); code != 1 || !strings.Contains(p.log.String(), "another Rapport server serves this database, rapport on ") {
			t.Errorf("exit %d: %s", code, p.log)
		}
	}
	if first == nil {
		t.Fatal("none of them serves")
	}
	for _, args := range [][]string{{"site", "list"}, {"agent", "list"}, {"audit", "--check"}} {
		p := startProcess(t, []string{store}, append(args, "--data", folder())...)
		if code := p.code(t, 10*time.Second); code != 0 {
			t.Errorf("%v beside it: %d %s", args, code, p.log)
		}
	}
	people := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(people, []byte("reference,name\n1,Ada\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := startProcess(t, []string{store}, "import", "people", people, "--data", folder())
	if code := p.code(t, 10*time.Second); code != 1 || !strings.Contains(p.log.String(), "another Rapport server") {
		t.Errorf("import beside it: %d %s", code, p.log)
	}

	if err := first.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	second := serving(t) // while the first may not be gone yet
	if err := second.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := second.code(t, 10*time.Second); code != 0 {
		t.Errorf("exit %d: %s", code, second.log)
	}
	serving(t)
}

// The copies of the two commands are of SQLite's file: here they say what to do.
func TestBackupsOfPostgresAreItsOwn(t *testing.T) {
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "rapport.tar.gz")
	store := "postgres://rapport:hidden@db.example.com/chat"
	for want, args := range map[string][]string{"pg_dump": {"backup", "--to", to}, "pg_restore": {"restore", "--from", to}} {
		code, out, log := exec(t, "", append(args, "--store", store, "--data", dir)...)
		if code != 1 || !strings.Contains(log, want) || !strings.Contains(log, "secret.key") || strings.Contains(log+out, "hidden") {
			t.Errorf("%v: %d %q %q", args, code, out, log)
		}
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("something was written")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("the data folder was changed: %v %v", left, err)
	}
}

// blocks returns the README's blocks of code of one language, within a chapter.
func blocks(t *testing.T, chapter, language string) []string {
	t.Helper()
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, text, ok := strings.Cut(string(readme), "\n## "+chapter+"\n")
	if !ok {
		t.Fatalf("there is no chapter %q", chapter)
	}
	text, _, _ = strings.Cut(text, "\n## ")
	var found []string
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(text, -1) {
		found = append(found, m[1])
	}
	return found
}

// What the README tells to do works, word by word: setting up, saving and taking back.
func TestReadmeOnPostgres(t *testing.T) {
	pg := cluster.New(t)
	pg.Start()
	for statement := range strings.SplitSeq(blocks(t, "On Postgres", "sql")[0], ";\n") {
		if statement = strings.TrimSpace(statement); statement != "" {
			pg.Exec("postgres", statement)
		}
	}
	commands := blocks(t, "On Postgres", "sh")
	told := regexp.MustCompile(`RAPPORT_STORE='(\S+)'`).FindStringSubmatch(commands[0])
	if told == nil {
		t.Fatalf("no address in %s", commands[0])
	}
	// Only the place differs, and that nobody speaks TLS here.
	here := regexp.MustCompile(`@.*/`).FindString(pg.URL("x", "x", "x"))
	store := regexp.MustCompile(`@.*?/`).ReplaceAllLiteralString(told[1], here)
	store = strings.Replace(store, "verify-full", "disable", 1)
	t.Setenv("RAPPORT_STORE", store)
	data, folder := t.TempDir(), t.TempDir()
	one := startServer(t, "--data", data)
	for _, want := range []string{`| 200 ` + "`" + `{"status":"ready"}` + "`", "Waiting for the database."} {
		if readme, err := os.ReadFile(filepath.Join("..", "..", "README.md")); err != nil || !strings.Contains(string(readme), want) {
			t.Errorf("the README does not say %s (%v)", want, err)
		}
	}
	if _, _, body := answer(t, one.places.Widget+"/readyz"); body != `{"status":"ready"}` {
		t.Errorf("readyz says %s", body)
	}
	shell := func(command string) {
		t.Helper()
		sh := osexec.Command("sh", "-ec", command)
		sh.Dir = folder
		sh.Env = append(os.Environ(), "PATH="+pg.Bin()+":"+os.Getenv("PATH"))
		if out, err := sh.CombinedOutput(); err != nil {
			t.Fatalf("%s\n%v\n%s", command, err, out)
		}
	}
	u, err := url.Parse(store)
	if err != nil {
		t.Fatal(err)
	}
	saying, dump, _ := strings.Cut(commands[1], "\n")
	for name, value := range map[string]string{
		"PGHOST": u.Hostname(), "PGPORT": u.Port(), "PGUSER": u.User.Username(), "PGDATABASE": u.Path[1:], "PGSSLMODE": "disable",
	} {
		if name != "PGPORT" && !strings.Contains(saying, name+"=") {
			t.Errorf("%s is not set in %s", name, saying)
		}
		t.Setenv(name, value)
	}
	secret, _ := u.User.Password()
	t.Setenv("PGPASSWORD", secret)
	shell(dump)
	if code, _, log := exec(t, "", "site", "create", "--name", "Too late", "--data", data); code != 0 {
		t.Fatal(log)
	}
	one.end(t)
	// A newer version has been tried, and there is no way back but this.
	shell(`psql -qc "CREATE TABLE newer (site_id text REFERENCES site (id))" -c "INSERT INTO migration (number, name) VALUES (9999, 'newer')"`)
	shell(commands[2])
	two := startServer(t, "--data", data)
	defer two.end(t)
	if two.places.SiteKey != one.places.SiteKey {
		t.Errorf("the site was %s and is %s", one.places.SiteKey, two.places.SiteKey)
	}
	if _, out, _ := exec(t, "", "site", "list", "--data", data); strings.Contains(out, "Too late") || !strings.Contains(out, one.places.SiteKey) {
		t.Errorf("sites afterwards: %s", out)
	}
}
