namespace LocalAI.Pipeline.Bus.Commands;

/// <summary>
/// The form of a command queue on RabbitMQ, the same from whichever side it is declared first: a broker refuses a second
/// declaration that differs. So a change here needs new queue names, or the old queues deleted.
/// </summary>
internal static class CommandQueueForm
{
    // Attempts of a job are counted and limited by the API; this stops a command that kills its worker before it can ask.
    // RabbitMQ 4 has 20 as its default, 3.x has none.
    private const int DeliveryLimit = 20;

    /// <summary>Where commands end that cannot be read or come back too often: for a person to look at.</summary>
    public static string ErrorQueue(string queue) => $"{queue}_error";

    /// <summary>The arguments of a command queue, and of its error queue, which MassTransit gives the same.</summary>
    public static Dictionary<string, object?> Arguments(string queue) => new()
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = DeliveryLimit,
        ["x-dead-letter-exchange"] = ErrorQueue(queue),
    };
}
