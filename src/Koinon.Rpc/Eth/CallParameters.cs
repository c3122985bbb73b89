using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>A call, the block it is about, and what is to be different from it.</summary>
/// <param name="Call">The call.</param>
/// <param name="Block">The block.</param>
/// <param name="Accounts">What accounts are to be like.</param>
/// <param name="BlockOverride">What the block is to be like.</param>
public sealed record CallParameters(
    CallRequest Call, BlockReference Block, IReadOnlyList<StateOverride>? Accounts, BlockOverride? BlockOverride)
{
    /// <summary>Reads them in their order: only the call must be there.</summary>
    internal static CallParameters Read(ref ParameterReader reader) => Read(ref reader, BlockReference.Latest);

    /// <summary>Reads them in their order: only the call must be there.</summary>
    /// <param name="reader">Reads.</param>
    /// <param name="missing">The block where none is named.</param>
    internal static CallParameters Read(ref ParameterReader reader, in BlockReference missing) => new(
        reader.Required(CallRequestReader.Read),
        reader.BlockOr(missing),
        reader.Optional(OverrideReader.ReadState),
        reader.Optional(OverrideReader.ReadBlock));
}
