namespace LocalAI.Pipeline.Settings.Tests;

internal enum SampleTransport
{
    Memory,
    RabbitMq,
}
