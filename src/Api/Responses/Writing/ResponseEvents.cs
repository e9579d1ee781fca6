using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Responses.Items;

namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>A response as events with contiguous numbers from 0.</summary>
internal sealed class ResponseEvents(ResponseHead head, IEventOutput output) : IItemOutput
{
    private long _next;

    /// <summary>An event with the whole response.</summary>
    public void WriteResponse(ReadOnlySpan<byte> type, ResponseState state)
    {
        if (Begin(type) is { } json)
        {
            json.WritePropertyName("response"u8);
            ResponseJson.Write(json, head, state);
            End(json);
        }
    }

    /// <summary>An error, flat as OpenAI's event has it and nested as its answers have it.</summary>
    public void WriteError(ApiError error)
    {
        if (Begin("error"u8) is { } json)
        {
            json.WriteString("code"u8, error.Code);
            json.WriteString("message"u8, error.Message);
            json.WriteString("param"u8, error.Parameter);
            json.WritePropertyName("error"u8);
            OpenAiErrors.WriteInner(json, error);
            End(json);
        }
    }

    public void Start(OutputItem item)
    {
        WriteItem("response.output_item.added"u8, item, isEmpty: true);
        if (item.Kind != OutputItemKind.Call)
        {
            WritePart("response.content_part.added"u8, item, item.Part);
        }
    }

    public void Append(OutputItem item, string text, string? logprobs)
    {
        if (BeginOf(item, DeltaType(item.Kind)) is { } json)
        {
            json.WriteString("delta"u8, text);
            if (item.Kind == OutputItemKind.Message)
            {
                ItemJson.Logprobs(json, logprobs);
            }

            End(json);
        }
    }

    public void Stop(OutputItem item)
    {
        if (BeginOf(item, DoneType(item.Kind)) is { } json)
        {
            json.WriteString(item.Kind == OutputItemKind.Call ? "arguments"u8 : "text"u8, item.Text);
            if (item.Kind == OutputItemKind.Call)
            {
                json.WriteString("name"u8, ((CallItem)item.ToItem()).Name);
            }
            else if (item.Kind == OutputItemKind.Message)
            {
                ItemJson.Logprobs(json, item.Logprobs);
            }

            End(json);
        }

        if (item.Kind != OutputItemKind.Call)
        {
            WritePart("response.content_part.done"u8, item, item.Part);
        }

        WriteSummary(item);
        WriteItem("response.output_item.done"u8, item, isEmpty: false);
    }

    private void WriteSummary(OutputItem item)
    {
        for (var index = 0; index < item.Summary.Count; index++)
        {
            var part = item.Summary[index];
            WriteSummaryPart("response.reasoning_summary_part.added"u8, item, index, part with { Text = "" });
            WriteSummaryText("response.reasoning_summary_text.delta"u8, item, index, "delta"u8, part.Text);
            WriteSummaryText("response.reasoning_summary_text.done"u8, item, index, "text"u8, part.Text);
            WriteSummaryPart("response.reasoning_summary_part.done"u8, item, index, part);
        }
    }

    private void WriteItem(ReadOnlySpan<byte> type, OutputItem item, bool isEmpty)
    {
        if (Begin(type) is { } json)
        {
            json.WriteNumber("output_index"u8, item.Index);
            json.WritePropertyName("item"u8);
            ItemJson.Write(json, item.ToItem(isEmpty));
            End(json);
        }
    }

    private void WritePart(ReadOnlySpan<byte> type, OutputItem item, TextPart part)
    {
        if (BeginOf(item, type) is { } json)
        {
            json.WritePropertyName("part"u8);
            ItemJson.Part(json, part);
            End(json);
        }
    }

    private void WriteSummaryPart(ReadOnlySpan<byte> type, OutputItem item, int index, TextPart part)
    {
        if (BeginSummary(item, type, index) is { } json)
        {
            json.WritePropertyName("part"u8);
            ItemJson.Part(json, part);
            End(json);
        }
    }

    private void WriteSummaryText(ReadOnlySpan<byte> type, OutputItem item, int index, ReadOnlySpan<byte> field, string text)
    {
        if (BeginSummary(item, type, index) is { } json)
        {
            json.WriteString(field, text);
            End(json);
        }
    }

    private ReadOnlySpan<byte> DeltaType(OutputItemKind kind) => kind switch
    {
        OutputItemKind.Call => "response.function_call_arguments.delta"u8,
        OutputItemKind.Message => "response.output_text.delta"u8,
        _ => head.ReasoningEvents == ReasoningEventNames.Specification ? "response.reasoning.delta"u8 : "response.reasoning_text.delta"u8,
    };

    private ReadOnlySpan<byte> DoneType(OutputItemKind kind) => kind switch
    {
        OutputItemKind.Call => "response.function_call_arguments.done"u8,
        OutputItemKind.Message => "response.output_text.done"u8,
        _ => head.ReasoningEvents == ReasoningEventNames.Specification ? "response.reasoning.done"u8 : "response.reasoning_text.done"u8,
    };

    private Utf8JsonWriter? BeginSummary(OutputItem item, ReadOnlySpan<byte> type, int index)
    {
        var json = Begin(type);
        json?.WriteString("item_id"u8, item.Id);
        json?.WriteNumber("output_index"u8, item.Index);
        json?.WriteNumber("summary_index"u8, index);
        return json;
    }

    private Utf8JsonWriter? BeginOf(OutputItem item, ReadOnlySpan<byte> type)
    {
        var json = Begin(type);
        json?.WriteString("item_id"u8, item.Id);
        json?.WriteNumber("output_index"u8, item.Index);
        if (item.Kind != OutputItemKind.Call)
        {
            json?.WriteNumber("content_index"u8, 0);
        }

        return json;
    }

    private Utf8JsonWriter? Begin(ReadOnlySpan<byte> type)
    {
        var sequence = _next++;
        var json = output.Begin(type, sequence);
        json?.WriteStartObject();
        json?.WriteString("type"u8, type);
        json?.WriteNumber("sequence_number"u8, sequence);
        return json;
    }

    private void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        output.End();
    }
}
