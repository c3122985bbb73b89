namespace Koinon.Rpc.Json;

/// <summary>What <c>eth_config</c> answers (EIP-7910).</summary>
/// <param name="Current">The rules of the head.</param>
/// <param name="Next">The rules of the fork after it, or null.</param>
/// <param name="Last">The rules of the last fork that is planned, or null.</param>
public sealed record ChainConfigJson(ForkConfigJson Current, ForkConfigJson? Next, ForkConfigJson? Last);
