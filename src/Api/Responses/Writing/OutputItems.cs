using System.Text;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>
/// Sorts deltas into items: the same deltas, however they are cut, always give the same items. An item lasts until
/// something of another kind comes. White space alone begins none.
/// </summary>
internal sealed class OutputItems(ResponseHead head, IItemOutput output)
{
    private readonly List<OutputItem> _items = [];
    private readonly StringBuilder _space = new();
    private readonly List<string> _heldLogprobs = [];
    private OutputItem? _open;
    private OutputItemKind _spaceKind;
    private int _call = -1;

    public IReadOnlyList<ResponseItem> All => [.. _items.Select(item => item.ToItem())];

    /// <exception cref="ApiException">The backend went back to a call that had ended.</exception>
    public void Add(GenerationDelta delta)
    {
        AddText(OutputItemKind.Reasoning, delta.Reasoning);
        if (delta.Logprobs is { } logprobs && (delta.Text.Length > 0 || (delta.Reasoning.Length == 0 && delta.ToolCalls.Count == 0)))
        {
            // A token may be half a character: its entry waits for the text.
            _heldLogprobs.Add(logprobs);
        }

        AddText(OutputItemKind.Message, delta.Text);
        foreach (var piece in delta.ToolCalls)
        {
            AddCall(piece);
        }
    }

    /// <summary>Nothing follows.</summary>
    /// <param name="isCut">A limit ended the answer, so the last item is not whole.</param>
    public void End(bool isCut)
    {
        Close(isCut ? ItemStatus.Incomplete : ItemStatus.Completed);
    }

    /// <summary>Nothing follows, and nobody is told about it.</summary>
    public void Abandon()
    {
        if (_open is { } item)
        {
            item.Status = ItemStatus.Incomplete;
            _open = null;
        }
    }

    private void AddText(OutputItemKind kind, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (_open?.Kind != kind)
        {
            if (_spaceKind != kind)
            {
                _space.Clear();
                _spaceKind = kind;
            }

            if (string.IsNullOrWhiteSpace(text))
            {
                _space.Append(text);
                return;
            }

            text = _space + text;
            Open(new OutputItem(head, _items.Count, kind));
        }

        Append(text, kind == OutputItemKind.Message ? TakeLogprobs() : null);
    }

    private void AddCall(ToolCallDelta piece)
    {
        if (piece.Index >= head.MaxToolCalls)
        {
            return;
        }

        if (piece.Index > _call)
        {
            _call = piece.Index;
            Open(new OutputItem(head, _items.Count, OutputItemKind.Call, piece.Id ?? $"call_{head.JobId:N}{piece.Index}", piece.Name ?? ""));
        }
        else if (piece.Index < _call || _open?.Kind != OutputItemKind.Call)
        {
            throw new ApiException(FailureHttpTable.ToError(new JobFailure { Code = FailureCode.BackendError, Message = "The backend mixed the pieces of two tool calls. Send the request again." }));
        }

        if (piece.Arguments.Length > 0)
        {
            Append(piece.Arguments, null);
        }
    }

    private void Open(OutputItem item)
    {
        Close(ItemStatus.Completed);
        _space.Clear();
        if (item.Kind != OutputItemKind.Message)
        {
            _heldLogprobs.Clear();
        }

        _open = item;
        _items.Add(item);
        output.Start(item);
    }

    private void Append(string text, string? logprobs)
    {
        _open!.Append(text, logprobs);
        output.Append(_open, text, logprobs);
    }

    private void Close(ItemStatus status)
    {
        if (_open is not { } item)
        {
            return;
        }

        if (item.Kind == OutputItemKind.Message)
        {
            item.AddLogprobs(TakeLogprobs());
        }
        else if (item.Kind == OutputItemKind.Reasoning)
        {
            item.Summary = ReasoningSummary.Of(item.Text, head.Summary);
        }

        item.Status = status;
        _open = null;
        output.Stop(item);
    }

    private string? TakeLogprobs()
    {
        if (_heldLogprobs.Count == 0)
        {
            return null;
        }

        var entries = $"[{string.Join(',', _heldLogprobs.Select(array => array.Trim()[1..^1]).Where(array => array.Length > 0))}]";
        _heldLogprobs.Clear();
        return entries;
    }
}
