using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Chat.Writing;

/// <summary>One choice of a whole answer, as its deltas add up.</summary>
internal sealed class ChatAnswer
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly StringBuilder _logprobs = new();
    private readonly List<Call> _calls = [];

    public GenerationFinish? Finish { get; private set; }

    public void Add(GenerationDelta delta)
    {
        _text.Append(delta.Text);
        _reasoning.Append(delta.Reasoning);
        AddLogprobs(delta.Logprobs);
        foreach (var piece in delta.ToolCalls)
        {
            var call = _calls.Find(known => known.Index == piece.Index);
            if (call is null)
            {
                _calls.Add(call = new Call(piece.Index, piece.Id ?? "", piece.Name ?? ""));
            }

            call.Arguments.Append(piece.Arguments);
        }

        Finish = delta.Finish ?? Finish;
    }

    public void Write(Utf8JsonWriter json, ChatHead head, int choice)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, choice);
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        WriteText(json);
        json.WriteNull("refusal"u8);
        if (_reasoning.Length > 0)
        {
            json.WriteString("reasoning_content"u8, _reasoning.ToString());
        }

        WriteCalls(json, head);
        json.WriteEndObject();
        ChatJson.Logprobs(json, head.Logprobs ? $"[{_logprobs}]" : null);
        ChatJson.FinishReason(json, head, Finish?.Reason);
        json.WriteEndObject();
    }

    private void WriteText(Utf8JsonWriter json)
    {
        if (_text.Length == 0 && _calls.Count > 0)
        {
            json.WriteNull("content"u8);
        }
        else
        {
            json.WriteString("content"u8, _text.ToString());
        }
    }

    private void WriteCalls(Utf8JsonWriter json, ChatHead head)
    {
        if (_calls.Count == 0)
        {
            return;
        }

        if (head.UsesFunctions)
        {
            json.WritePropertyName("function_call"u8);
            _calls[0].WriteFunction(json);
            return;
        }

        json.WriteStartArray("tool_calls"u8);
        foreach (var call in _calls)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, call.Id);
            json.WriteString("type"u8, "function"u8);
            json.WritePropertyName("function"u8);
            call.WriteFunction(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void AddLogprobs(string? entries)
    {
        // The text of an array: what is between its brackets.
        var array = entries.AsSpan().Trim();
        if (array.Length > 2)
        {
            _logprobs.Append(_logprobs.Length > 0 ? "," : "").Append(array[1..^1]);
        }
    }

    private sealed class Call(int index, string id, string name)
    {
        public int Index => index;

        public string Id => id;

        public StringBuilder Arguments { get; } = new();

        public void WriteFunction(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            json.WriteString("arguments"u8, Arguments.ToString());
            json.WriteEndObject();
        }
    }
}
