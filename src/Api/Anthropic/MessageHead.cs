using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Anthropic;

/// <summary>What all parts of one answer have in common; made from the command and the request alone, so that any instance says the same.</summary>
internal sealed class MessageHead(GenerateText command, MessagesRequest request)
{
    public string Id { get; } = $"msg_{command.JobId:N}";

    public string Model => command.Model;

    /// <summary>Thoughts are answered as empty blocks.</summary>
    public bool OmitsThinking => request.Prompt.Thinking.IsOmitted;

    /// <summary>Whether the caller asked for this stop sequence: the model's own are an end of its turn.</summary>
    public bool AskedToStopAt(string? sequence) => sequence is not null && request.StopSequences?.Contains(sequence) == true;

    /// <summary>The id of a call that came without one.</summary>
    public string CallId(int call) => $"toolu_{command.JobId:N}{call}";
}
