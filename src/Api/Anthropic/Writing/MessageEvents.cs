using System.Text.Json;
using LocalAI.Pipeline.Api.Sse;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Anthropic.Writing;

/// <summary>An answer as events, in Anthropic's order: the message's start, each block with its pieces, the message's end.</summary>
internal sealed class MessageEvents(MessageHead head, SseStream stream) : IContentOutput
{
    private bool _hasStarted;

    /// <summary>Writes <c>message_start</c>, once.</summary>
    /// <param name="prompt">The prompt's length, if it is known.</param>
    public void WriteStart(PromptCounts? prompt)
    {
        if (_hasStarted)
        {
            return;
        }

        _hasStarted = true;
        var json = Begin("message_start"u8);
        json.WriteStartObject("message"u8);
        MessageJson.Head(json, head);
        json.WriteStartArray("content"u8);
        json.WriteEndArray();
        MessageJson.Stop(json, head, null);
        MessageJson.Usage(json, prompt);
        json.WriteEndObject();
        End(json);
    }

    /// <summary>Something for those who wait; the stream starts with it, if it has not yet.</summary>
    public void WritePing()
    {
        WriteStart(null);
        End(Begin("ping"u8));
    }

    public void Start(ContentBlock block)
    {
        var json = Begin("content_block_start"u8);
        json.WriteNumber("index"u8, block.Index);
        json.WriteStartObject("content_block"u8);
        switch (block.Kind)
        {
            case BlockKind.Thinking:
                MessageJson.Thinking(json, "", "");
                break;
            case BlockKind.ToolUse:
                MessageJson.ToolUse(json, block);
                json.WriteStartObject("input"u8);
                json.WriteEndObject();
                break;
            default:
                MessageJson.Text(json, "");
                break;
        }

        json.WriteEndObject();
        End(json);
        if (block.Index == 0)
        {
            WritePing();
        }
    }

    public void Append(ContentBlock block, string text)
    {
        switch (block.Kind)
        {
            case BlockKind.Thinking when head.OmitsThinking:
                break;
            case BlockKind.Thinking:
                WriteDelta(block, "thinking_delta"u8, "thinking"u8, text);
                break;
            case BlockKind.ToolUse:
                WriteDelta(block, "input_json_delta"u8, "partial_json"u8, text);
                break;
            default:
                WriteDelta(block, "text_delta"u8, "text"u8, text);
                break;
        }
    }

    public void Stop(ContentBlock block, string? signature)
    {
        if (signature is not null)
        {
            WriteDelta(block, "signature_delta"u8, "signature"u8, signature);
        }

        var json = Begin("content_block_stop"u8);
        json.WriteNumber("index"u8, block.Index);
        End(json);
    }

    /// <summary>Writes <c>message_delta</c> and <c>message_stop</c>.</summary>
    public void WriteFinish(GenerationFinish finish)
    {
        var json = Begin("message_delta"u8);
        json.WriteStartObject("delta"u8);
        MessageJson.Stop(json, head, finish);
        json.WriteEndObject();
        MessageJson.Usage(json, finish);
        End(json);
        End(Begin("message_stop"u8));
    }

    private void WriteDelta(ContentBlock block, ReadOnlySpan<byte> type, ReadOnlySpan<byte> field, string text)
    {
        var json = Begin("content_block_delta"u8);
        json.WriteNumber("index"u8, block.Index);
        json.WriteStartObject("delta"u8);
        json.WriteString("type"u8, type);
        json.WriteString(field, text);
        json.WriteEndObject();
        End(json);
    }

    private Utf8JsonWriter Begin(ReadOnlySpan<byte> type)
    {
        var json = stream.BeginEvent(type);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        return json;
    }

    private void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        stream.EndData();
    }
}
