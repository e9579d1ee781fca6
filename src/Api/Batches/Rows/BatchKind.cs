namespace LocalAI.Pipeline.Api.Batches.Rows;

/// <summary>Whose API a batch came by: who sees it, and the form of its lines.</summary>
internal enum BatchKind
{
    /// <summary>OpenAI's: input and output are files.</summary>
    Files,

    /// <summary>Anthropic's: requests come with the batch, results are read at the batch.</summary>
    Messages,
}
