using System.Text.Json;
using LocalAI.Pipeline.Api.Generation;

namespace LocalAI.Pipeline.Api.Chat.Writing;

/// <summary>Answers with a whole chat completion.</summary>
internal static class ChatResponseWriter
{
    /// <exception cref="Errors.ApiException">The generation failed.</exception>
    public static async Task WriteAsync(ChatGeneration generation, HttpResponse response)
    {
        var answers = Enumerable.Range(0, generation.Head.Choices).Select(_ => new ChatAnswer()).ToList();
        await WholeAnswer.ReadAsync(generation.Reader, item => answers[item.Choice].Add(item.Delta));
        await JsonResponse.WriteAsync(response, json => Write(json, generation.Head, answers));
    }

    internal static void Write(Utf8JsonWriter json, ChatHead head, IReadOnlyList<ChatAnswer> answers)
    {
        ChatJson.Head(json, head, "chat.completion"u8);
        json.WriteStartArray("choices"u8);
        var usage = default(TokenUsage);
        for (var choice = 0; choice < answers.Count; choice++)
        {
            answers[choice].Write(json, head, choice);
            usage = answers[choice].Finish is { } finish ? usage.Plus(finish, isFirst: choice == 0) : usage;
        }

        json.WriteEndArray();
        usage.Write(json);
        if (head.Timings && answers[0].Finish is { } first)
        {
            GenerationTimings.Write(json, first);
        }

        json.WriteEndObject();
    }
}
