using LocalAI.Pipeline.Bus.Commands;
using MassTransit;

namespace LocalAI.Pipeline.Bus;

/// <summary>
/// What one room wants from the bus. Each room registers one in the container; the bus is built once from all of them, so
/// that the standalone host has one bus for the API and the workers.
/// </summary>
/// <param name="AddConsumers">Registers consumers.</param>
/// <param name="ConfigureEndpoints">Declares queues; runs when the bus is built.</param>
public sealed record BusParticipant(
    Action<IBusRegistrationConfigurator> AddConsumers,
    Action<IBusRegistrationContext, IPipelineEndpoints> ConfigureEndpoints);
