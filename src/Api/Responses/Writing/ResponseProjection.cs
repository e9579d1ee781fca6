using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>
/// Turns deltas into a response's events: the same deltas always give the same events, numbers and ids. The last event is
/// the caller's to write, who may have something to do before anybody reads it.
/// </summary>
internal sealed class ResponseProjection
{
    private readonly ResponseHead _head;
    private readonly ResponseEvents _events;
    private readonly ResponseAnswer _answer;
    private bool _hasStarted;
    private bool _isRunning;

    public ResponseProjection(ResponseHead head, IEventOutput output)
    {
        _head = head;
        _events = new ResponseEvents(head, output);
        _answer = new ResponseAnswer(head, _events);
    }

    /// <summary>Whether the last delta was written, and was no failure.</summary>
    public bool HasFinished => _answer.HasFinished;

    /// <summary>Writes that there is a response, once.</summary>
    public void WriteStart()
    {
        if (_hasStarted)
        {
            return;
        }

        _hasStarted = true;
        // What runs in the background has waited, however short; so resumed streams have the same numbers.
        var waiting = _answer.Underway(_head.IsBackground ? ResponseStatus.Queued : ResponseStatus.InProgress);
        _events.WriteResponse("response.created"u8, waiting);
        if (_head.IsBackground)
        {
            _events.WriteResponse("response.queued"u8, waiting);
        }
    }

    /// <summary>Writes that it is being made, once.</summary>
    public void WriteProgress()
    {
        WriteStart();
        if (!_isRunning)
        {
            _isRunning = true;
            _events.WriteResponse("response.in_progress"u8, _answer.Underway(ResponseStatus.InProgress));
        }
    }

    /// <summary>Writes the events of one delta that is no failure.</summary>
    /// <exception cref="ApiException">The backend's deltas do not fit together.</exception>
    public void Write(GenerationDelta delta)
    {
        WriteProgress();
        _answer.Add(delta);
    }

    /// <summary>Writes the last event after the last delta.</summary>
    /// <param name="state">Of <see cref="Ended"/>.</param>
    public void WriteEnd(ResponseState state) =>
        _events.WriteResponse(state.Status == ResponseStatus.Completed ? "response.completed"u8 : "response.incomplete"u8, state);

    /// <summary>The state that <see cref="WriteEnd"/> tells.</summary>
    public ResponseState Ended(DateTimeOffset at) => _answer.Ended(at);

    /// <summary>The state that <see cref="WriteFailure"/> tells.</summary>
    public ResponseState Failed(ApiError error) => _answer.Failed(error);

    /// <summary>Writes that nothing follows, because of an error.</summary>
    /// <param name="state">Of <see cref="Failed"/>.</param>
    public void WriteFailure(ResponseState state)
    {
        WriteStart();
        _events.WriteError(state.Error!);
        _events.WriteResponse("response.failed"u8, state);
    }

    /// <summary>Writes that nothing follows, because it was cancelled: nothing went wrong, it is only not all there.</summary>
    public void WriteCancellation()
    {
        WriteStart();
        _events.WriteResponse("response.incomplete"u8, _answer.Cancelled());
    }
}
