using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>An answer as its deltas add up, and the response's state at each point.</summary>
internal sealed class ResponseAnswer(ResponseHead head, IItemOutput output)
{
    private readonly OutputItems _items = new(head, output);
    private GenerationFinish? _finish;

    /// <summary>Whether the answer ended well.</summary>
    public bool HasFinished => _finish is not null;

    /// <param name="delta">No failure.</param>
    /// <exception cref="ApiException">The backend's deltas do not fit together.</exception>
    public void Add(GenerationDelta delta)
    {
        _items.Add(delta);
        if (delta.Finish is { } finish)
        {
            _finish = finish;
            _items.End(isCut: finish.Reason == FinishReason.Length);
        }
    }

    public ResponseState Underway(string status) => new() { Status = status, Output = _items.All };

    /// <summary>After the last delta, which was no failure.</summary>
    public ResponseState Ended(DateTimeOffset at)
    {
        var isCut = _finish!.Reason == FinishReason.Length;
        return new ResponseState
        {
            Status = isCut ? ResponseStatus.Incomplete : ResponseStatus.Completed,
            CompletedAt = isCut ? null : at.ToUnixTimeSeconds(),
            IncompleteReason = isCut ? "max_output_tokens" : null,
            Output = _items.All,
            Finish = _finish,
        };
    }

    public ResponseState Failed(ApiError error)
    {
        _items.Abandon();
        return new ResponseState { Status = ResponseStatus.Failed, Error = error, Output = _items.All };
    }

    public ResponseState Cancelled()
    {
        _items.Abandon();
        return new ResponseState { Status = ResponseStatus.Cancelled, Output = _items.All };
    }
}
