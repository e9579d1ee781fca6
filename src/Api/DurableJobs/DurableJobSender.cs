using System.Text.Json;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>Sends the command of a job to its queue: only a wake-up call, since the row is what counts.</summary>
internal sealed class DurableJobSender(ICommandSender sender, ILogger<DurableJobSender> logger)
{
    public static string Write(GenerateText command) => JsonSerializer.Serialize(command);

    /// <summary>False where the broker did not take it: it is sent again later.</summary>
    public async Task<bool> TrySendAsync(DurableJob job, CancellationToken cancellationToken)
    {
        var command = JsonSerializer.Deserialize<GenerateText>(job.Command) ?? throw new InvalidOperationException($"The command of durable job {job.Id} is null.");
        try
        {
            await sender.SendAsync(QueueNames.Text(job.Model, job.Lane), command, cancellationToken);
            return true;
        }
        catch (BusUnavailableException e)
        {
            logger.NotSent(job.Id, e.Message);
            return false;
        }
    }
}
