package proof

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"

	"golang.org/x/sys/unix"
)

// Journal is a history file outside the server. Append returns when its record
// is on disk; records that wait at the same time share one sync.
type Journal struct {
	file  *os.File
	queue chan entry
	done  chan struct{}

	mu     sync.RWMutex // held for reading by Append, for writing by Close
	closed bool
}

type entry struct {
	line   []byte
	synced chan error
}

// CreateJournal makes a new, empty history file.
func CreateJournal(path string) (*Journal, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	j := &Journal{file: file, queue: make(chan entry, 1024), done: make(chan struct{})}
	go j.write()
	return j, nil
}

// Append writes records and returns once they are synced.
func (j *Journal) Append(records ...Record) error {
	var lines []byte
	for _, r := range records {
		line, err := json.Marshal(r)
		if err != nil {
			return err
		}
		lines = append(append(lines, line...), '\n')
	}
	j.mu.RLock()
	defer j.mu.RUnlock()
	if j.closed {
		return errors.New("journal is closed")
	}
	e := entry{line: lines, synced: make(chan error, 1)}
	j.queue <- e
	return <-e.synced
}

// write is the journal's only goroutine: whatever is queued goes out in one
// write and one sync.
func (j *Journal) write() {
	defer close(j.done)
	for first := range j.queue {
		batch := []entry{first}
		for len(j.queue) > 0 && len(batch) < cap(j.queue) {
			batch = append(batch, <-j.queue)
		}
		var data []byte
		for _, e := range batch {
			data = append(data, e.line...)
		}
		_, err := j.file.Write(data)
		if err == nil {
			err = unix.Fdatasync(int(j.file.Fd()))
		}
		for _, e := range batch {
			e.synced <- err
		}
	}
}

// Close waits for what is queued and closes the file.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		return nil
	}
	j.closed = true
	close(j.queue)
	<-j.done
	return j.file.Close()
}

// ReadJournal reads a history file back, in the order it was written.
func ReadJournal(path string) ([]Record, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var records []Record
	in := bufio.NewScanner(file)
	for in.Scan() {
		var r Record
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("line %d: %w", len(records)+1, err)
		}
		records = append(records, r)
	}
	return records, in.Err()
}
