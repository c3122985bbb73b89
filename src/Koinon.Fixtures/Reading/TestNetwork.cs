using System.Text.Json;
using Koinon.Chain.Forks;
using Koinon.Chain.Networks;
using Koinon.Primitives;

namespace Koinon.Fixtures.Reading;

/// <summary>The network of a test: its name, with the chain id and blob schedule of its <c>config</c>.</summary>
internal static class TestNetwork
{
    /// <summary>Reads the network of a test.</summary>
    /// <param name="name">As the test names it.</param>
    /// <param name="test">The test, whose <c>config</c> is read where there is one.</param>
    /// <exception cref="FixtureFormatException">No network of that name is known.</exception>
    internal static NetworkParameters Read(string name, JsonElement test)
    {
        UInt256 chainId = UInt256.One;
        Dictionary<string, BlobParameters> schedule = [];
        if (test.TryField("config", out JsonElement config))
        {
            chainId = config.Word("chainid", UInt256.One);
            if (config.TryField("blobSchedule", out JsonElement forks))
            {
                foreach (JsonProperty fork in forks.EnumerateObject())
                {
                    schedule[fork.Name] = new BlobParameters(
                        fork.Value.Number("target"), fork.Value.Number("max"),
                        fork.Value.Number("baseFeeUpdateFraction"));
                }
            }
        }

        return TestNetworks.TryParse(name, chainId, schedule, out NetworkParameters? parameters)
            ? parameters!
            : throw new FixtureFormatException($"the network '{name}' is not known here");
    }
}
