// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// Each function fails in a way of its own, or uses gas in one.
contract Odd {
    enum Letter {
        A,
        B
    }

    error Strange(uint256 number, string text, bytes data);

    uint256 public value;
    uint256[] private _items;

    receive() external payable {
        revert("no ether");
    }

    function overflow(uint256 number) external pure returns (uint256) {
        return number + type(uint256).max;
    }

    function letter(uint256 number) external pure returns (Letter) {
        return Letter(number);
    }

    function pop() external {
        _items.pop();
    }

    function allocate(uint256 length) external pure returns (uint256) {
        return new uint256[](length).length;
    }

    function callNothing() external pure {
        function() internal pure nothing;
        nothing();
    }

    function strange() external pure {
        revert Strange(1, "two", hex"03");
    }

    function withText(string memory text) external pure {
        revert(text);
    }

    function withBytes(bytes memory data) external pure {
        assembly {
            revert(add(data, 32), mload(data))
        }
    }

    function set(uint256 newValue) external payable {
        value = newValue;
    }

    function push(uint256 count) external {
        for (uint256 i; i < count; i++) _items.push(i);
    }

    /// Keeps half of the gas back: the least that works is more than what is used.
    function pushWithHalf(uint256 count) external {
        this.push{gas: gasleft() / 2}(count);
    }
}
