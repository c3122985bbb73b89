using Koinon.Chain;

namespace Koinon.Node.Chains;

/// <summary>A genesis with the text it was read from.</summary>
/// <param name="Genesis">The genesis.</param>
/// <param name="Json">Its text, UTF-8.</param>
/// <param name="Network">The public network whose rules hold, if one was named.</param>
public sealed record ChainGenesis(Genesis Genesis, byte[] Json, string? Network);
