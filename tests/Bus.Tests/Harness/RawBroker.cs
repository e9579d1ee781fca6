using System.Globalization;
using LocalAI.Pipeline.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace LocalAI.Pipeline.Bus.Tests.Harness;

/// <summary>A look at the broker past everything that is under test.</summary>
internal sealed class RawBroker : IAsyncDisposable
{
    private readonly IConnection _connection;

    private RawBroker(IConnection connection) => _connection = connection;

    public static async Task<RawBroker> ConnectAsync(Dictionary<string, string?> settings)
    {
        var factory = new ConnectionFactory
        {
            HostName = settings["Bus:Host"]!,
            Port = int.Parse(settings["Bus:Port"]!, CultureInfo.InvariantCulture),
            VirtualHost = settings["Bus:VirtualHost"]!,
        };
        return new RawBroker(await factory.CreateConnectionAsync(TestTimeout.Token));
    }

    public async Task<bool> ExchangeExistsAsync(string name)
    {
        await using var channel = await _connection.CreateChannelAsync();
        try
        {
            await channel.ExchangeDeclarePassiveAsync(name);
            return true;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == 404)
        {
            return false;
        }
    }

    public async Task DeclareClassicQueueAsync(string name)
    {
        await using var channel = await _connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false);
    }

    public async Task DeleteQueueAsync(string name)
    {
        await using var channel = await _connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(name);
    }

    public async Task PublishAsync(string queue, byte[] body)
    {
        await using var channel = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties(), body);
    }

    /// <summary>The first message that comes to a queue.</summary>
    public async Task<byte[]> TakeAsync(string queue)
    {
        await using var channel = await _connection.CreateChannelAsync();
        var taken = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            taken.TrySetResult(message.Body.ToArray());
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        return await taken.Task.OrTimeout($"a message in {queue}");
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
