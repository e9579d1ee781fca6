using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Channels;
using MassTransit;
using RabbitMQ.Client.Exceptions;

namespace LocalAI.Pipeline.Bus.Broker;

/// <summary>What the clients throw when a broker is away or refuses, and what that means to whoever runs this.</summary>
internal static class BrokerErrors
{
    // AMQP 0-9-1 reply codes.
    private const ushort AccessRefused = 403;
    private const ushort PreconditionFailed = 406;
    private const ushort NotAllowed = 530;

    /// <summary>Whether the broker, or the way to it, is lost: trying again later may help.</summary>
    public static bool IsLoss(Exception e) => e is RabbitMQClientException or ConnectionException or TransportException
        or SocketException or IOException or TimeoutException or AuthenticationException or ObjectDisposedException
        // The bus in memory, once it has stopped.
        or ChannelClosedException;

    /// <summary>Whether trying again cannot help until somebody changes a setting.</summary>
    public static bool IsRefusal(Exception e) => Find<AuthenticationFailureException>(e) is not null
        || Find<AuthenticationException>(e) is not null
        || ReplyCode(e) is AccessRefused or NotAllowed;

    /// <summary>One sentence with what happened, where, and what to do next.</summary>
    public static string Describe(Exception e, BusOptions options)
    {
        var where = Where(options);
        if (Find<AuthenticationFailureException>(e) is not null || ReplyCode(e) == AccessRefused)
        {
            return $"{where} refused the user '{options.Username}': check Bus:Username and Bus:Password, and the user's permissions.";
        }

        if (ReplyCode(e) == NotAllowed)
        {
            return $"{where} has no virtual host '{options.VirtualHost}' for the user '{options.Username}': create it, or check Bus:VirtualHost.";
        }

        if (ReplyCode(e) == PreconditionFailed)
        {
            return $"{where} has a queue of another form, made by another release or by hand ({Innermost(e)}): let it run empty and delete it.";
        }

        return Find<AuthenticationException>(e) is { } tls
            ? $"{where} did not agree on TLS ({tls.Message}): check Bus:UseTls, and that its certificate is valid for this host name."
            : $"{where} cannot be reached ({Innermost(e)}): start it, or check Bus:Host and Bus:Port.";
    }

    /// <summary>What to look at when nothing is known but that it took too long.</summary>
    public static string Hint(BusOptions options) => options.Transport == BusTransport.RabbitMq
        ? $"{Where(options)} may be down, overloaded or out of disk or memory: check it, and Bus:Host and Bus:Port."
        : "The bus of this process is not running: it has not started yet, or it is stopping.";

    private static ushort? ReplyCode(Exception e) => Find<OperationInterruptedException>(e)?.ShutdownReason?.ReplyCode;

    private static string Where(BusOptions options) => $"RabbitMQ at {options.Host}:{options.EffectivePort}";

    private static string Innermost(Exception e) => Chain(e).Last().Message.TrimEnd('.');

    private static T? Find<T>(Exception e)
        where T : Exception => Chain(e).OfType<T>().FirstOrDefault();

    private static IEnumerable<Exception> Chain(Exception e)
    {
        for (var current = e; current is not null; current = current is AggregateException many ? many.InnerExceptions.FirstOrDefault() : current.InnerException)
        {
            yield return current;
        }
    }
}
