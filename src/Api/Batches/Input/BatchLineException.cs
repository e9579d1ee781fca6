namespace LocalAI.Pipeline.Api.Batches.Input;

/// <summary>A line is wrong.</summary>
internal sealed class BatchLineException(string code, string message, string? param = null) : Exception(message)
{
    public BatchError ToError(int line) => new(code, Message, param, line);
}
