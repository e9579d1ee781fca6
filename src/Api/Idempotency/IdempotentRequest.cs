namespace LocalAI.Pipeline.Api.Idempotency;

/// <summary>A request that may come again, and its answer once there is one.</summary>
internal sealed class IdempotentRequest
{
    /// <summary>The name of the key that asks.</summary>
    public required string Owner { get; init; }

    /// <summary>The request's <c>Idempotency-Key</c>.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of its path and body, in lower-case hexadecimal.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The run that answers it; a new one where the first died.</summary>
    public required string Run { get; init; }

    /// <summary>Until when that run counts as alive, unless it says so again.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The answer's status; null until it is there.</summary>
    public int? Status { get; init; }

    public string? ContentType { get; init; }

    public byte[]? Body { get; init; }
}
