using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Api.Responses.Writing;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary><c>POST /v1/responses/compact</c>: the user's messages stay, and the model's summary of the rest takes its place.</summary>
internal sealed class ResponseCompaction(ResponseDrafts drafts, TextGenerations generations)
{
    private const string Question = "Write a summary of the conversation above for yourself, so that you can go on without it: what the user wants, what was said, found and decided, and what is left to do. Write the summary alone.";

    /// <summary>Summarises, and gives what is written of it.</summary>
    /// <exception cref="ApiException">There is no such model, what it goes on from is not there, or the generation failed.</exception>
    public async Task<Action<Utf8JsonWriter>> RunAsync(CompactionRequest request, JobOrigin origin, CancellationToken aborted)
    {
        var prepared = await drafts.PrepareAsync(request.Prompt, request.Lane, new SamplingSettings(), origin, aborted);
        var draft = prepared.Draft with { Messages = [.. prepared.Draft.Messages!, new ChatMessage { Role = ChatRole.User, Content = Question }] };
        var started = await generations.StartAsync(prepared.Model.Name, [draft], origin, aborted);
        using var reader = started.Reader;
        var (summary, finish) = (new System.Text.StringBuilder(), (GenerationFinish?)null);
        await WholeAnswer.ReadAsync(reader, item =>
        {
            summary.Append(item.Delta.Text);
            finish = item.Delta.Finish ?? finish;
        });
        var command = started.Commands[0];
        ResponseItem compaction = new CompactionItem { Id = ItemIds.Output("cmp", command.JobId, 0), EncryptedContent = SealedText.Seal(summary.ToString().Trim()) };
        IReadOnlyList<ResponseItem> output = [.. prepared.All.OfType<MessageItem>().Where(message => message.Role == "user"), compaction];
        return json => Write(json, command, output, finish);
    }

    private static void Write(Utf8JsonWriter json, GenerateText command, IReadOnlyList<ResponseItem> output, GenerationFinish? finish)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, ResponseIds.Of(command.JobId));
        json.WriteString("object"u8, "response.compaction"u8);
        json.WriteNumber("created_at"u8, command.AcceptedAt.ToUnixTimeSeconds());
        json.WritePropertyName("output"u8);
        ItemJson.WriteAll(json, output);
        ResponseJson.Usage(json, finish);
        json.WriteEndObject();
    }
}
