namespace LocalAI.Pipeline.Bus.Deltas;

/// <summary>What became of a frame.</summary>
public enum DeltaDelivery
{
    /// <summary>It was handed on: in memory the relay has it, on RabbitMQ the broker confirmed it.</summary>
    Delivered,

    /// <summary>The API instance has no queue now: it died, or it is reconnecting. Send again later, within a bound.</summary>
    NoReceiver,
}
