using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.ObjectStorage;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Files;

/// <summary>Cleans up now and again.</summary>
internal sealed class FilesUpkeep(FilesCleanUp cleanUp, IOptions<FilesOptions> options, TimeProvider time, ILogger<FilesUpkeep> logger) : BackgroundService
{
    // Looking through all contents is for what goes wrong once in a while.
    private static readonly TimeSpan OrphanInterval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.CleanUpInterval, time);
        var looked = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var isDue = time.GetElapsedTime(looked) >= OrphanInterval;
            looked = isDue ? time.GetTimestamp() : looked;
            await RunAsync(isDue, stoppingToken);
        }
    }

    private async Task RunAsync(bool looksForOrphans, CancellationToken stoppingToken)
    {
        try
        {
            var files = await cleanUp.RemoveFilesAsync(stoppingToken);
            var uploads = await cleanUp.RemoveUploadsAsync(stoppingToken);
            var orphans = looksForOrphans ? await cleanUp.RemoveOrphansAsync(stoppingToken) : 0;
            if (files + uploads + orphans > 0)
            {
                logger.CleanedUp(files, uploads, orphans);
            }
        }
        catch (Exception e) when (e is ObjectStoreException || DatabaseErrors.IsLoss(e))
        {
            // The next time comes.
            logger.CleanUpFailed(e);
        }
    }
}
