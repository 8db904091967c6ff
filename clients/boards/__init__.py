"""Where chamados live."""
