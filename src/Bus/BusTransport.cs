namespace LocalAI.Pipeline.Bus;

/// <summary>What carries messages between the API and the workers.</summary>
public enum BusTransport
{
    /// <summary>Nothing leaves the process: API and workers must live in it.</summary>
    Memory,

    /// <summary>A RabbitMQ broker that every process reaches.</summary>
    RabbitMq,
}
