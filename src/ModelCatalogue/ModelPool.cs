namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary>The pools of workers.</summary>
public enum ModelPool
{
    /// <summary>Generation, embeddings, reranking, tokens.</summary>
    Text,

    /// <summary>Transcription and speech.</summary>
    Audio,

    /// <summary>Generation and editing of images.</summary>
    Image,
}
