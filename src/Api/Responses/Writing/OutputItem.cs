using System.Text;
using LocalAI.Pipeline.Api.Responses.Items;

namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>One item of an answer while it grows.</summary>
internal sealed class OutputItem(ResponseHead head, int index, OutputItemKind kind, string callId = "", string name = "")
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _logprobs = new();

    /// <summary>Its place, from 0.</summary>
    public int Index => index;

    public OutputItemKind Kind => kind;

    public string Id { get; } = ItemIds.Output(kind switch { OutputItemKind.Reasoning => "rs", OutputItemKind.Call => "fc", _ => "msg" }, head.JobId, index);

    public ItemStatus Status { get; set; } = ItemStatus.InProgress;

    /// <summary>The text, the thought, or the arguments so far.</summary>
    public string Text => _text.ToString();

    /// <summary>Entries as the text of a JSON array, or null where there are none.</summary>
    public string? Logprobs => _logprobs.Length == 0 ? null : $"[{_logprobs}]";

    /// <summary>What a summary says of a finished thought.</summary>
    public IReadOnlyList<TextPart> Summary { get; set; } = [];

    /// <summary>The part that holds the text, where the item has parts.</summary>
    public TextPart Part => kind == OutputItemKind.Reasoning ? new TextPart(TextPart.Reasoning, Text) : new TextPart(TextPart.Output, Text, Logprobs);

    public void Append(string text, string? logprobs)
    {
        _text.Append(text);
        AddLogprobs(logprobs);
    }

    /// <param name="entries">The text of a JSON array.</param>
    public void AddLogprobs(string? entries)
    {
        var array = entries.AsSpan().Trim();
        if (array.Length > 2)
        {
            _logprobs.Append(_logprobs.Length > 0 ? "," : "").Append(array[1..^1]);
        }
    }

    /// <summary>The item as it is now.</summary>
    /// <param name="isEmpty">As it begins: without what its later events bring.</param>
    public ResponseItem ToItem(bool isEmpty = false)
    {
        TextPart[] content = isEmpty ? [] : [Part];
        return kind switch
        {
            OutputItemKind.Call => new CallItem { Id = Id, Status = Status, CallId = callId, Name = name, Arguments = isEmpty ? "" : Text },
            OutputItemKind.Reasoning => new ReasoningItem
            {
                Id = Id,
                Status = Status,
                Content = content,
                Summary = Summary,
                EncryptedContent = head.IncludesSealedReasoning && !isEmpty ? SealedText.Seal(Text) : null,
            },
            _ => new MessageItem { Id = Id, Status = Status, Role = "assistant", Content = content },
        };
    }
}
