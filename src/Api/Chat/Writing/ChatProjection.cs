using System.Text.Json;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Chat.Writing;

/// <summary>
/// Turns deltas into chat chunks. One choice's chunks are its role, then its
/// text, reasoning and calls as they come, then its finish reason; the usage follows the last choice.
/// </summary>
internal sealed class ChatProjection(ChatHead head, IChunkOutput output) : IDeltaProjection
{
    private readonly bool[] _hasRole = new bool[head.Choices];
    private TokenUsage _usage;

    public void Write(in JobDelta item)
    {
        var (choice, delta) = item;
        if (!_hasRole[choice])
        {
            _hasRole[choice] = true;
            WriteRole(choice);
        }

        if (delta.Text.Length > 0 || delta.Reasoning.Length > 0 || delta.ToolCalls.Count > 0 || delta.Logprobs is not null)
        {
            WriteContent(choice, delta);
        }

        if (delta.Finish is { } finish)
        {
            _usage = _usage.Plus(finish, isFirst: choice == 0);
            WriteFinish(choice, finish);
        }
    }

    public void WriteEnd()
    {
        if (!head.IncludeUsage)
        {
            return;
        }

        var json = output.Begin();
        ChatJson.Head(json, head, "chat.completion.chunk"u8);
        json.WriteStartArray("choices"u8);
        json.WriteEndArray();
        _usage.Write(json);
        json.WriteEndObject();
        output.End();
    }

    private void WriteRole(int choice)
    {
        var json = BeginChoice(choice);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("content"u8, ""u8);
        EndChoice(json, null, null);
    }

    private void WriteContent(int choice, GenerationDelta delta)
    {
        var json = BeginChoice(choice);
        if (delta.Reasoning.Length > 0)
        {
            json.WriteString("reasoning_content"u8, delta.Reasoning);
        }

        if (delta.Text.Length > 0)
        {
            json.WriteString("content"u8, delta.Text);
        }

        if (delta.ToolCalls.Count > 0)
        {
            WriteCalls(json, delta.ToolCalls);
        }

        EndChoice(json, delta.Logprobs, null);
    }

    private void WriteFinish(int choice, GenerationFinish finish) => EndChoice(BeginChoice(choice), null, finish);

    private void WriteCalls(Utf8JsonWriter json, IReadOnlyList<ToolCallDelta> calls)
    {
        if (head.UsesFunctions)
        {
            // The old form has room for one call, and the worker was asked for one.
            json.WriteStartObject("function_call"u8);
            WriteFunction(json, calls[0]);
            json.WriteEndObject();
            return;
        }

        json.WriteStartArray("tool_calls"u8);
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, call.Index);
            if (call.Id is not null)
            {
                json.WriteString("id"u8, call.Id);
                json.WriteString("type"u8, "function"u8);
            }

            json.WriteStartObject("function"u8);
            WriteFunction(json, call);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFunction(Utf8JsonWriter json, ToolCallDelta call)
    {
        if (call.Name is not null)
        {
            json.WriteString("name"u8, call.Name);
        }

        json.WriteString("arguments"u8, call.Arguments);
    }

    private Utf8JsonWriter BeginChoice(int choice)
    {
        var json = output.Begin();
        ChatJson.Head(json, head, "chat.completion.chunk"u8);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, choice);
        json.WriteStartObject("delta"u8);
        return json;
    }

    private void EndChoice(Utf8JsonWriter json, string? logprobs, GenerationFinish? finish)
    {
        json.WriteEndObject();
        ChatJson.Logprobs(json, logprobs);
        ChatJson.FinishReason(json, head, finish?.Reason);
        json.WriteEndObject();
        json.WriteEndArray();
        if (head.IncludeUsage)
        {
            json.WriteNull("usage"u8);
        }

        if (head.Timings && finish is not null)
        {
            GenerationTimings.Write(json, finish);
        }

        json.WriteEndObject();
        output.End();
    }
}
