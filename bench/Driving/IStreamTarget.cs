namespace LocalAI.Pipeline.Driving;

/// <summary>Something that streams chats: an OpenAI-compatible server or a bare backend process.</summary>
public interface IStreamTarget : IAsyncDisposable
{
    /// <summary>As it was given.</summary>
    string Name { get; }

    /// <summary>Makes sure that the model is loaded.</summary>
    /// <exception cref="BenchException">The target cannot be used.</exception>
    Task PrepareAsync(LoadShape shape, CancellationToken cancellationToken);

    /// <summary>Runs one generation.</summary>
    /// <exception cref="BenchException">It failed.</exception>
    Task<StreamTimes> StreamAsync(LoadShape shape, string prompt, CancellationToken cancellationToken);
}
