namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>The way of one response's events to its client.</summary>
internal interface IResponseChannel : IEventOutput
{
    /// <summary>Whether the client has seen something of this response, so that a failure is an event and no error.</summary>
    bool HasStarted { get; }

    /// <summary>A sign of life.</summary>
    void WritePing();

    /// <summary>Nothing follows.</summary>
    void WriteDone();

    /// <summary>Sends what was written; waits for a client that reads slowly.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
