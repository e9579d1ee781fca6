using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>What is to be accepted.</summary>
internal sealed record DurableJobOrder
{
    /// <summary>The job's id, chosen by the feature; it is the command's too.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>The <see cref="IDurableJobKind.Name"/> that makes its result.</summary>
    public required string Kind { get; init; }

    /// <summary>The model's own name, as <see cref="ModelResolver"/> found it.</summary>
    public required string Model { get; init; }

    /// <summary>Whose it is, and the request that made it.</summary>
    public required JobOrigin Origin { get; init; }

    /// <summary>What is to be generated (<see cref="TextGenerations.Draft"/>); who, where and when are filled in.</summary>
    public required GenerateText Draft { get; init; }

    /// <summary>JSON that the kind wants back with the job.</summary>
    public required string Request { get; init; }
}
