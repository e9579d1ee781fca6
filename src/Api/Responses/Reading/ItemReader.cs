using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Responses.Items;

namespace LocalAI.Pipeline.Api.Responses.Reading;

/// <summary>One item of a request: what the API gives can be sent back as it is.</summary>
internal static class ItemReader
{
    public const int LongestName = 256;

    public static ResponseItem Read(JsonElement element, string path)
    {
        var item = new FieldReader(element, path);
        var read = OfType(item, item.Text("type")) with { Path = path };
        item.RefuseOthers();
        return read;
    }

    private static ResponseItem OfType(FieldReader item, string? type) => type switch
    {
        // A message may leave its type out, and so may a reference.
        null when item.Peek("role") is null && item.Peek("id") is not null => Reference(item),
        null or "message" => MessageReader.Read(item),
        "item_reference" => Reference(item),
        "function_call" => Call(item),
        "function_call_output" => CallOutput(item),
        "reasoning" => Reasoning(item),
        "compaction" or "compaction_summary" => new CompactionItem { Id = Id(item), EncryptedContent = Sealed(item) ?? throw RequestErrors.Missing(item.PathOf("encrypted_content")) },
        _ => throw RequestErrors.Unsupported(
            item.PathOf("type"),
            $"there are no '{Shown.Short(type)}' items here, only 'message', 'function_call', 'function_call_output', 'reasoning', 'compaction' and 'item_reference'."),
    };

    public static string? Id(FieldReader item) => item.Text("id", LongestName) switch
    {
        "" => throw RequestErrors.WrongValue(item.PathOf("id"), "is empty."),
        var id => id,
    };

    public static ItemStatus Status(FieldReader item) => item.Text("status") switch
    {
        null or "completed" => ItemStatus.Completed,
        "incomplete" => ItemStatus.Incomplete,
        "in_progress" => ItemStatus.InProgress,
        _ => throw RequestErrors.WrongValue(item.PathOf("status"), "must be 'in_progress', 'completed' or 'incomplete'."),
    };

    private static ItemReference Reference(FieldReader item) => new() { Id = Id(item) ?? throw RequestErrors.Missing(item.PathOf("id")) };

    private static CallItem Call(FieldReader item)
    {
        CheckCaller(item);
        return new CallItem
        {
            Id = Id(item),
            Status = Status(item),
            CallId = item.RequiredText("call_id", LongestName),
            Name = item.RequiredText("name", LongestName),
            Arguments = item.RequiredText("arguments"),
        };
    }

    private static CallOutputItem CallOutput(FieldReader item)
    {
        CheckCaller(item);
        var isText = item.Peek("output") is { ValueKind: JsonValueKind.String };
        return new CallOutputItem
        {
            Id = Id(item),
            Status = Status(item),
            CallId = item.RequiredText("call_id", LongestName),
            Text = isText ? item.Text("output") : null,
            Parts = isText ? null : TextPartsReader.Read(item, "output", "a string or an array of parts", TextPart.Input),
        };
    }

    private static ReasoningItem Reasoning(FieldReader item) => new()
    {
        Id = Id(item),
        Status = Status(item),
        Summary = item.Peek("summary") is null ? [] : TextPartsReader.Read(item, "summary", "an array of parts", TextPart.Summary),
        Content = item.Peek("content") is null ? [] : TextPartsReader.Read(item, "content", "an array of parts", TextPart.Reasoning),
        EncryptedContent = Sealed(item),
    };

    private static string? Sealed(FieldReader item) => item.Text("encrypted_content");

    private static void CheckCaller(FieldReader item)
    {
        if (item.Object("caller") is { } caller)
        {
            if (caller.RequiredText("type") != "direct")
            {
                throw RequestErrors.Unsupported(caller.PathOf("type"), "only the model itself calls functions here ('direct').");
            }

            caller.RefuseOthers();
        }

        if (item.Take("namespace") is not null)
        {
            throw RequestErrors.Unsupported(item.PathOf("namespace"), "functions have no namespaces here.");
        }
    }
}
