package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport says which of our rooms each room may use. It is the architecture:
// nouns at the bottom, rules above them, one writer in the middle, two doors at
// the top, wiring in cmd. Test files may reach further.
var mayImport = map[string][]string{
	"hub/chat":                    nil,
	"static":                      nil,
	"hub/cycle":                   {"hub/chat"},
	"hub/hours":                   {"hub/chat"},
	"hub/cycle/starter":           {"hub/chat", "hub/cycle"},
	"hub/cycle/when":              nil,
	"hub/search":                  {"hub/chat"},
	"hub/routing":                 {"hub/chat"},
	"hub/dispatch":                {"hub", "hub/chat", "hub/hours", "hub/routing", "hub/wire"},
	"hub/wire":                    {"hub/chat"},
	"hub":                         {"hub/chat", "hub/wire"},
	"hub/hubtest":                 {"hub", "hub/chat", "hub/wire"},
	"hub/broker":                  {"hub", "hub/chat"},
	"hub/door":                    {"hub", "hub/chat", "hub/wire"},
	"hub/mail":                    {"hub/chat", "hub/ics"},
	"hub/files":                   {"hub/chat"},
	"hub/files/s3test":            nil,
	"hub/visitors":                {"hub/chat"},
	"hub/https":                   nil,
	"hub/sorted":                  nil,
	"hub/trace":                   nil,
	"hub/trace/tracetest":         nil,
	"hub/ics":                     {"hub/chat"},
	"hub/intake":                  {"hub/chat"},
	"hub/outgoing":                nil,
	"hub/links":                   {"hub/chat", "hub/door", "hub/outgoing"},
	"hub/webhooks":                {"hub/chat", "hub/outgoing", "hub/wire"},
	"hub/reach":                   {"hub", "hub/chat", "hub/hours", "hub/outgoing"},
	"hub/desk":                    {"hub/chat", "hub/cycle", "hub/hours"},
	"hub/vouch":                   {"hub/chat", "hub/desk", "hub/door"},
	"storage":                     {"hub/chat", "hub/search"},
	"storage/storagetest":         {"hub/chat", "hub/search", "storage"},
	"storage/storagetest/cluster": nil,
	"storage/storagetest/ready":   {"storage", "storage/storagetest/cluster"},
	"widget":                      {"hub", "hub/chat", "hub/desk", "hub/door", "hub/files", "hub/hours", "hub/ics", "hub/mail", "hub/vouch", "hub/visitors", "hub/wire", "static", "storage"},
	"console/report":              {"hub/chat"},
	"console":                     {"console/report", "hub", "hub/chat", "hub/cycle", "hub/cycle/starter", "hub/cycle/when", "hub/desk", "hub/door", "hub/files", "hub/hours", "hub/ics", "hub/intake", "hub/search", "hub/vouch", "hub/visitors", "hub/wire", "static", "storage"},
	"cmd/rapport":                 {"*"},
	"cmd/rapport/bench":           {"*"},
	"cmd/rapport/bench/drive":     {"*"},
	"cmd/rapport/proof":           {"*"},
}

// everywhere are the rooms that any other may use: they know nothing of ours.
var everywhere = []string{"rapport/hub/sorted", "rapport/hub/trace"}

// fiberRooms are the only ones that may know the web framework.
var fiberRooms = []string{"hub/door", "widget", "console", "cmd/rapport"}

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == "node_modules" || d.Name() == "testdata" || (strings.HasPrefix(d.Name(), ".") && d.Name() != "..") {
				return filepath.SkipDir
			}
			if _, err := os.Stat(filepath.Join(file, "go.mod")); err == nil && file != root {
				return filepath.SkipDir // a module of its own: none of it is in the program
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		checkFile(t, path.Dir(filepath.ToSlash(rel)), file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkFile(t *testing.T, room, file string) {
	t.Helper()
	allowed, known := mayImport[room]
	if !known {
		t.Errorf("%s: the room %q has no rule; say in mayImport what it may use", file, room)
		return
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Errorf("%s: %v", file, err)
		return
	}
	for _, spec := range parsed.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if strings.Contains(name, "gofiber") && !slices.Contains(fiberRooms, room) {
			t.Errorf("%s: %s uses %s; the web framework stays in the doors", file, room, name)
		}
		if slices.Contains(everywhere, name) {
			continue
		}
		if ours, ok := strings.CutPrefix(name, "rapport/"); ok && !slices.Contains(allowed, "*") && !slices.Contains(allowed, ours) {
			t.Errorf("%s: %s may not use %s", file, room, ours)
		}
	}
}

func TestTopLevelIsTheOneThatNewcomersExpect(t *testing.T) {
	want := []string{"README.md", "cmd", "console", "go.mod", "go.sum", "hub", "static", "storage", "widget"}
	entries, err := filepath.Glob(filepath.Join("..", "..", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := filepath.Base(e)
		if !strings.HasPrefix(name, ".") && !slices.Contains(want, name) {
			t.Errorf("%s stands at the top level; it holds %v only", name, want)
		}
	}
}
