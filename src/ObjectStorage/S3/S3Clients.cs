using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace LocalAI.Pipeline.ObjectStorage.S3;

/// <summary>Makes the client of a server.</summary>
internal static class S3Clients
{
    // Over the SDK's usual three: a server behind a balancer restarts one node at a time.
    private const int MostRetries = 4;

    public static AmazonS3Client Create(S3Options options)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.PathStyle,
            Timeout = options.RequestTimeout,
            MaxErrorRetry = MostRetries,
            // The newer checksums are unknown to many servers; the signature has the SHA-256 of what is sent.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = options.Region;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }

        return string.IsNullOrEmpty(options.AccessKey)
            ? new AmazonS3Client(config)
            : new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }
}
