namespace LocalAI.Pipeline.Messages.Text;

/// <summary>
/// Event, published by the API instance whose caller set a model's LoRA scales: all instances put them into the commands that
/// follow. One that comes twice does nothing; of several the latest holds.
/// </summary>
public sealed record AdapterScalesChanged
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>A scale for each adapter.</summary>
    public required IReadOnlyList<AdapterScale> Scales { get; init; }

    /// <summary>When they were set, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
