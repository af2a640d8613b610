package door

import (
	"errors"
	"log/slog"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/wire"
)

// MaxRef bounds what a client may have echoed, in bytes.
const MaxRef = 64

// CheckRef refuses a longer ref.
func CheckRef(ref string) error {
	if len(ref) > MaxRef {
		return chat.FailField("ref", "A ref has at most %d bytes.", MaxRef)
	}
	return nil
}

// UnlessGone forgives a write that failed because the connection has ended: the
// hub knows, and what went on for it has stopped at its first write.
func UnlessGone(err error) error {
	if errors.Is(err, hub.ErrClosed) {
		return nil
	}
	return err
}

// TakeFrame decodes a frame into f, whose ref is *ref, and has it handled. The
// client is told what stood in the way.
func TakeFrame(h *hub.Hub, log *slog.Logger, c *hub.Conn, frame []byte, f any, ref *string, handle func() error) {
	err := wire.Decode(frame, f)
	if err == nil {
		err = CheckRef(*ref)
	}
	if err == nil {
		err = UnlessGone(handle())
	}
	if err != nil {
		RefuseFrame(h, log, c, *ref, err)
	}
}

// RefuseFrame tells a client why its frame was refused; what is our fault goes
// to the log only. A ref that is too long is not echoed.
func RefuseFrame(h *hub.Hub, log *slog.Logger, c *hub.Conn, ref string, err error) {
	var f *chat.Failure
	switch {
	case !errors.As(err, &f):
		log.Error("frame failed", "from", c.Principal().Kind, "id", c.Principal().ID, "error", err)
		f = chat.Fail(chat.Internal, "Something went wrong on our side. Nothing is lost; please try again.")
	case f.Code == chat.StoreDown:
		log.Warn("frame not stored", "from", c.Principal().Kind, "id", c.Principal().ID, "error", err)
	}
	h.CountRefused(f.Code)
	if CheckRef(ref) != nil {
		ref = ""
	}
	_ = c.Send(wire.Error(ref, f)) // fails only when it has gone
}
