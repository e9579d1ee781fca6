using System.Globalization;
using System.Text.Json.Nodes;
using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Hosting.Processes;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>Biases by token id and by text as the protocol's JSON, where a text stands for each of its tokens.</summary>
internal static class LogitBiasMapping
{
    public static async Task<string> ToJsonAsync(IReadOnlyDictionary<string, float>? biases, ModelDefinition model, BackendLease lease, CancellationToken cancellationToken)
    {
        if (biases is not { Count: > 0 })
        {
            return "";
        }

        var byToken = new JsonObject();
        foreach (var (key, bias) in biases)
        {
            if (int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                byToken[key] = bias;
                continue;
            }

            var tokens = await lease.Client.TokenizeStringAsync(new PredictOptions { ModelIdentity = model.Model, Prompt = key }, cancellationToken);
            foreach (var token in tokens.Tokens)
            {
                byToken[token.ToString(CultureInfo.InvariantCulture)] = bias;
            }
        }

        return byToken.ToJsonString();
    }
}
