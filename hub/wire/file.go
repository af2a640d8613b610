package wire

import "rapport/hub/chat"

// File is something sent along with a message, or kept with a template. Its link is
// asked for apart: it is each reader's own and does not last.
type File struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Type string `json:"type"`
	Size int64  `json:"size"`
	// Of an image that may be shown; absent for everything else.
	Width  int64 `json:"width,omitempty"`
	Height int64 `json:"height,omitempty"`
}

// NewFile shows f.
func NewFile(f *chat.File) File {
	return File{f.ID, f.Name, f.Type, f.Size, f.Width, f.Height}
}

// NewFiles shows a list of files, nil for none.
func NewFiles(list []chat.File) []File {
	var out []File
	for i := range list {
		out = append(out, NewFile(&list[i]))
	}
	return out
}

// FileLink is where one reader fetches a file until it expires.
type FileLink struct {
	ID        string    `json:"id"`
	URL       string    `json:"url"`
	ExpiresAt chat.Time `json:"expires_at"`
}
